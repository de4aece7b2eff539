package io.jorch.images.model;

import io.jorch.api.error.JorchException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An image's name by the grammar and the defaults of distribution/reference (reference.go, normalize.go):
/// `nginx` is `docker.io/library/nginx`, `host:5000/a` keeps its host, and a tag and a digest may both be there.
///
/// @param domain host and optional port, `docker.io` by default
/// @param path of the repository in that registry, `library/nginx`
/// @param tag empty: none was given
public record ImageReference(String domain, String path, String tag, Optional<Digest> digest) {
    public static final String DEFAULT_DOMAIN = "docker.io";
    public static final String DEFAULT_TAG = "latest";

    private static final String OFFICIAL = "library/";
    private static final int NAME_LENGTH = 255;
    private static final String HOST_COMPONENT = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final Pattern DOMAIN = Pattern.compile(
            "(?:" + HOST_COMPONENT + "(?:\\." + HOST_COMPONENT + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");
    private static final String PATH_COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern PATH = Pattern.compile(PATH_COMPONENT + "(?:/" + PATH_COMPONENT + ")*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern SPLIT = Pattern.compile("([^@:]*(?::[^@/]*(?=/)[^@:]*)?)(?::([^@]*))?(?:@(.*))?", Pattern.DOTALL);
    private static final Pattern BARE_ID = Pattern.compile("[a-f0-9]{64}");

    public ImageReference {
        check(DOMAIN.matcher(domain).matches(), domain, "the host must be letters, digits, '-', '.' and an optional port");
        check(PATH.matcher(path).matches(), path, path.equals(path.toLowerCase(Locale.ROOT))
                ? "the repository must be lower-case letters and digits, joined by single '.', '_', '__', '-' or '/'"
                : "the repository must be lower case");
        check(path.length() <= NAME_LENGTH, path, "the repository must not be longer than 255 characters");
        check(tag.isEmpty() || TAG.matcher(tag).matches(), tag,
                "the tag must be at most 128 letters, digits, '_', '.' and '-', and not begin with '.' or '-'");
    }

    /// Reads what a user wrote. A name without tag and digest has none afterwards either: see [#withDefaultTag].
    ///
    /// @throws JorchException INVALID
    public static ImageReference parse(String text) {
        check(!BARE_ID.matcher(text).matches(), text, "64 hex digits are an id, not a name");
        // An IPv6 host holds colons of its own, so it is cut off before the rest is split.
        int ipv6 = text.startsWith("[") ? text.indexOf(']') + 1 : 0;
        Matcher parts = SPLIT.matcher(text.substring(ipv6));
        check(parts.matches(), text, "expected [HOST/]NAME[:TAG][@DIGEST]");
        String name = text.substring(0, ipv6) + parts.group(1);
        String tag = parts.group(2);
        String digest = parts.group(3);
        check(tag == null || !tag.isEmpty(), text, "nothing follows ':'");
        String[] split = splitDomain(name);
        return new ImageReference(split[0], split[1], tag == null ? "" : tag,
                digest == null ? Optional.empty() : Optional.of(Digest.parse(digest)));
    }

    private static String[] splitDomain(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasDomain = slash >= 0 && (first.contains(".") || first.contains(":") || first.equals("localhost")
                || !first.toLowerCase(Locale.ROOT).equals(first));
        String domain = hasDomain ? first : DEFAULT_DOMAIN;
        String path = hasDomain ? name.substring(slash + 1) : name;
        if (domain.equals("index.docker.io")) {
            domain = DEFAULT_DOMAIN;
        }
        if (domain.equals(DEFAULT_DOMAIN) && path.indexOf('/') < 0) {
            path = OFFICIAL + path;
        }
        return new String[] {domain, path};
    }

    /// The full name without tag and digest: `docker.io/library/nginx`.
    public String name() {
        return domain + "/" + path;
    }

    /// The name as Docker shows it: `nginx`, `a/b`, `host:5000/a`.
    public String familiarName() {
        if (!domain.equals(DEFAULT_DOMAIN)) {
            return name();
        }
        // docker.io/library/a/b must keep its prefix, or it would be read as a repository of the user "a".
        boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
        return official ? path.substring(OFFICIAL.length()) : path;
    }

    /// The familiar name with tag and digest as given.
    public String familiar() {
        return familiarName() + (tag.isEmpty() ? "" : ":" + tag) + digest.map(value -> "@" + value).orElse("");
    }

    /// `latest` if there is neither a tag nor a digest.
    public ImageReference withDefaultTag() {
        return tag.isEmpty() && digest.isEmpty() ? withTag(DEFAULT_TAG) : this;
    }

    public ImageReference withTag(String newTag) {
        return new ImageReference(domain, path, newTag, digest);
    }

    public ImageReference withDigest(Digest newDigest) {
        return new ImageReference(domain, path, tag, Optional.of(newDigest));
    }

    public ImageReference withoutDigest() {
        return new ImageReference(domain, path, tag, Optional.empty());
    }

    /// What a registry is asked for: the digest, else the tag, else `latest`.
    public String selector() {
        return digest.map(Digest::toString).orElse(tag.isEmpty() ? DEFAULT_TAG : tag);
    }

    private static void check(boolean holds, String text, String problem) {
        if (!holds) {
            throw JorchException.invalid("reference",
                    "'" + (text.length() <= 200 ? text : text.substring(0, 200) + "…") + "': " + problem);
        }
    }

    /// The full name with tag and digest as given.
    @Override
    public String toString() {
        return name() + (tag.isEmpty() ? "" : ":" + tag) + digest.map(value -> "@" + value).orElse("");
    }
}
