package io.jorch.images.model;

import io.jorch.api.error.JorchException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// A content address (image-spec, descriptor.md, "Digests"): `sha256:` or `sha512:` and lower-case hex.
public record Digest(Algorithm algorithm, String hex) implements Comparable<Digest> {
    /// The registered algorithms that jorch computes.
    public enum Algorithm {
        SHA256("SHA-256", 64), SHA512("SHA-512", 128);

        private final String javaName;
        private final int hexLength;

        Algorithm(String javaName, int hexLength) {
            this.javaName = javaName;
            this.hexLength = hexLength;
        }

        public MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance(javaName);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        public Digest finish(MessageDigest digest) {
            return new Digest(this, HexFormat.of().formatHex(digest.digest()));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Digest {
        if (hex.length() != algorithm.hexLength || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("not " + algorithm.hexLength + " lower-case hex digits");
        }
    }

    /// The digest that the text is, or nothing.
    public static Optional<Digest> find(String text) {
        for (Algorithm algorithm : Algorithm.values()) {
            String prefix = algorithm + ":";
            if (text.startsWith(prefix) && text.length() == prefix.length() + algorithm.hexLength) {
                try {
                    return Optional.of(new Digest(algorithm, text.substring(prefix.length())));
                } catch (IllegalArgumentException notHex) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// @throws JorchException INVALID
    public static Digest parse(String text) {
        return find(text).orElseThrow(() -> JorchException.invalid("digest",
                "'" + shown(text) + "' is not sha256: or sha512: followed by lower-case hex digits"));
    }

    public static Digest sha256(byte[] content) {
        return Algorithm.SHA256.finish(update(Algorithm.SHA256.newDigest(), content));
    }

    /// The digest of the content by the same algorithm as this one.
    public Digest of(byte[] content) {
        return algorithm.finish(update(algorithm.newDigest(), content));
    }

    /// The first twelve digits, for people.
    public String shortHex() {
        return hex.substring(0, 12);
    }

    private static MessageDigest update(MessageDigest digest, byte[] content) {
        digest.update(content);
        return digest;
    }

    private static String shown(String text) {
        return text.length() <= 150 ? text : text.substring(0, 150) + "…";
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
