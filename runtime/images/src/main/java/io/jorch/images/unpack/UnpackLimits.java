package io.jorch.images.unpack;

/// How much one layer may cost before it is refused.
///
/// @param bytes of the uncompressed archive, headers and padding included
/// @param entries of the archive
/// @param headerBytes of one entry's headers, PAX and GNU long names included
/// @param depth directories above an entry
public record UnpackLimits(long bytes, int entries, int headerBytes, int depth) {
    /// 64 GiB, a million entries, 1 MiB of headers, 255 deep: far above any stock image.
    public static final UnpackLimits DEFAULT = new UnpackLimits(64L << 30, 1_000_000, 1 << 20, 255);

    /// PATH_MAX less the terminating NUL: of a name, and of what a symlink says.
    public static final int PATH_BYTES = 4095;
    /// NAME_MAX: of one component.
    public static final int NAME_BYTES = 255;
}
