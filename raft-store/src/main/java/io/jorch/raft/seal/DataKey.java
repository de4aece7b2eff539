package io.jorch.raft.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// One data key of the cluster: 256 random bits, from which a key for each purpose is derived (HMAC-SHA-256), so that no
/// nonce of one purpose can meet one of another.
public final class DataKey {

    static final int BYTES = 32;
    private static final String DERIVATION = "HmacSHA256";

    private final byte[] secret;
    private final long id;

    private DataKey(byte[] secret) {
        this.secret = secret;
        long head = 0;
        for (byte octet : Arrays.copyOf(derive("id", new byte[0]), Long.BYTES)) {
            head = head << 8 | octet & 0xff;
        }
        this.id = head;
    }

    public static DataKey random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new DataKey(secret);
    }

    /// @param secret exactly 32 bytes, copied
    static DataKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a data key has " + BYTES + " bytes, not " + secret.length);
        }
        return new DataKey(secret.clone());
    }

    /// Follows from the key itself, so that a key can't sit under a wrong id. It tells nothing about the key.
    public long id() {
        return id;
    }

    byte[] secret() {
        return secret.clone();
    }

    SecretKey keyFor(String purpose, byte[] salt) {
        return new SecretKeySpec(derive(purpose, salt), "AES");
    }

    private byte[] derive(String purpose, byte[] salt) {
        try {
            Mac mac = Mac.getInstance(DERIVATION);
            mac.init(new SecretKeySpec(secret, DERIVATION));
            mac.update(("jorch raft " + purpose + " 1").getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + DERIVATION, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataKey key && MessageDigest.isEqual(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id);
    }

    @Override
    public String toString() {
        return "DataKey[" + HexFormat.of().toHexDigits(id) + ", ***]";
    }
}
