package io.jorch.images.stream;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/// Turns a failed write into what the user can do about it.
public final class DiskFailure {
    private DiskFailure() {
    }

    /// @param what was being done, e.g. `store blob sha256:…`
    public static JorchException of(String what, IOException failure) {
        if (failure instanceof ClosedByInterruptException) {
            return Cancellation.cancelled();
        }
        if (diskFull(failure)) {
            return new JorchException(ErrorCode.EXHAUSTED,
                    what + ": the disk is full: free space or prune images", failure);
        }
        return new JorchException(ErrorCode.INTERNAL, what + ": " + JorchException.describe(failure), failure);
    }

    /// ENOSPC and EDQUOT reach Java as their messages only.
    public static boolean diskFull(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof JorchException known && known.code() == ErrorCode.EXHAUSTED
                || message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
