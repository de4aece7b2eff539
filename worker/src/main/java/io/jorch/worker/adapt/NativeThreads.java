package io.jorch.worker.adapt;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Platform threads for what blocks in native code, which would hold a virtual thread's carrier.
final class NativeThreads implements AutoCloseable {
    private final ExecutorService executor = Executors
            .newCachedThreadPool(Thread.ofPlatform().name("jorch-native-", 0).daemon(true).factory());

    /// Runs the work on such a thread and waits for it. An interrupt ends the waiting, not the work.
    <T> T call(Callable<T> work) throws InterruptedException {
        return result(CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new JorchException(ErrorCode.INTERNAL, JorchException.describe(failure), failure);
            }
        }, executor));
    }

    /// What a future answers; its exception as it was.
    static <T> T result(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new JorchException(ErrorCode.INTERNAL, JorchException.describe(failure.getCause()),
                    failure.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
