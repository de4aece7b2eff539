package io.jorch.runtime.linux;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;

/// Runs work inside a namespace on a platform thread of its own, which ends with the work: so no thread that anything
/// else uses is ever left in the wrong namespace, and virtual threads' carriers stay out of it altogether.
/// User namespaces can't be entered: the kernel refuses it to a process with several threads.
public final class NamespaceThread {
    private NamespaceThread() {
    }

    /// As [#run(Fd, long, Callable)] with the namespace bound at a path, e.g. a file below `RUN/netns`.
    public static <T> T run(Path namespace, long type, Callable<T> work) {
        try (Fd fd = FdCalls.open(namespace, FdCalls.O_RDONLY)) {
            return run(fd, type, work);
        }
    }

    /// Enters the namespace, runs the work there and answers its result; its exception is thrown as it was.
    public static <T> T run(Fd namespace, long type, Callable<T> work) {
        return runFresh(() -> {
            NamespaceCalls.enter(namespace, type);
            return work.call();
        });
    }

    /// Runs the work on a fresh platform thread which it may move to any namespace, e.g. by `unshare`.
    public static <T> T runFresh(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name("namespace").daemon(true).start(task);
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new JorchException(ErrorCode.UNAVAILABLE, "interrupted while working in a namespace", interrupted);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new JorchException(ErrorCode.INTERNAL,
                    "work in a namespace failed: " + JorchException.describe(failure.getCause()), failure.getCause());
        }
    }
}
