package io.jorch.images.unpack;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import org.jspecify.annotations.Nullable;

/// A layer that was refused, or could not be written. Nothing of it is left.
public final class UnpackException extends JorchException {
    private static final long serialVersionUID = 1L;

    /// Why, so that callers and tests need not read the message.
    public enum Reason {
        /// A name that is empty, too long, leaves the root, or is not UTF-8.
        BAD_NAME,
        /// A parent of the entry is not a directory that this layer made: a symlink, a file, a hard link.
        THROUGH_NON_DIRECTORY,
        /// A hard link to something outside, missing, later, or to a directory.
        BAD_LINK,
        /// A whiteout or opaque marker that aims outside or is no plain file.
        BAD_WHITEOUT, DEVICE_FORBIDDEN, XATTR_FORBIDDEN,
        /// An entry that turns a directory into something else within the layer, or the other way round.
        TYPE_CHANGE,
        /// An entry type or form that is not unpacked: sparse files, GNU dump directories, multi-volume parts.
        UNSUPPORTED_ENTRY,
        /// More bytes, entries, header bytes, name bytes or nested directories than [UnpackLimits] allow.
        LIMIT,
        /// The archive ends too early, has something after its end, or can't be parsed.
        MALFORMED,
        /// The uncompressed layer is not the one that the image's configuration names (diff_id).
        DIGEST_MISMATCH, DISK_FULL, WRITE_FAILED
    }

    private final Reason reason;

    public UnpackException(Reason reason, String message) {
        this(reason, message, null);
    }

    public UnpackException(Reason reason, String message, @Nullable Throwable cause) {
        super(code(reason), null, message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    private static ErrorCode code(Reason reason) {
        return switch (reason) {
            case MALFORMED, DIGEST_MISMATCH -> ErrorCode.CORRUPT;
            case UNSUPPORTED_ENTRY -> ErrorCode.UNSUPPORTED;
            case DISK_FULL -> ErrorCode.EXHAUSTED;
            case WRITE_FAILED -> ErrorCode.INTERNAL;
            case BAD_NAME, THROUGH_NON_DIRECTORY, BAD_LINK, BAD_WHITEOUT, DEVICE_FORBIDDEN, XATTR_FORBIDDEN,
                    TYPE_CHANGE, LIMIT -> ErrorCode.INVALID;
        };
    }
}
