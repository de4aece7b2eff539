package io.jorch.cli.image;

/// `host:5000/name:tag` in its two parts; a digest stays with the name.
///
/// @param tag empty: none was given
record NameAndTag(String name, String tag) {
    static NameAndTag of(String reference) {
        int colon = reference.lastIndexOf(':');
        return colon <= reference.lastIndexOf('/') || reference.contains("@")
                ? new NameAndTag(reference, "")
                : new NameAndTag(reference.substring(0, colon), reference.substring(colon + 1));
    }
}
