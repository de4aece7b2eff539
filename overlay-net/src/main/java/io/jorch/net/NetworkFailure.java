package io.jorch.net;

import io.jorch.api.error.JorchException;
import java.util.concurrent.CompletionException;

/// What stands behind a future's failure.
final class NetworkFailure {
    private NetworkFailure() {
    }

    static RuntimeException unwrapped(RuntimeException failure) {
        return failure instanceof CompletionException && failure.getCause() instanceof JorchException cause ? cause
                : failure;
    }
}
