package io.jorch.images.stream;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;

/// Work is cancelled by interrupting its thread.
public final class Cancellation {
    private Cancellation() {
    }

    /// @throws JorchException UNAVAILABLE if this thread is interrupted; the flag stays set
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw cancelled();
        }
    }

    /// To be thrown where an interrupt was noticed; sets the flag again.
    public static JorchException cancelled() {
        Thread.currentThread().interrupt();
        return new JorchException(ErrorCode.UNAVAILABLE, "cancelled");
    }
}
