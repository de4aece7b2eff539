package io.jorch.images.registry;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.stream.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Runs transfers on virtual threads, a few at a time. The first failure, or an interrupt of the caller, stops all of
/// them; none is left running when it returns.
final class Transfers {
    private Transfers() {
    }

    static void run(List<Runnable> transfers, int atOnce) {
        Semaphore slots = new Semaphore(atOnce);
        try (ExecutorService threads = Executors
                .newThreadPerTaskExecutor(Thread.ofVirtual().name("jorch-transfer-", 0).factory())) {
            CompletionService<Boolean> completion = new ExecutorCompletionService<>(threads);
            List<Future<Boolean>> running = new ArrayList<>();
            for (Runnable transfer : transfers) {
                running.add(completion.submit(() -> {
                    slots.acquire();
                    try {
                        transfer.run();
                        return true;
                    } finally {
                        slots.release();
                    }
                }));
            }
            try {
                for (int i = 0; i < transfers.size(); i++) {
                    completion.take().get();
                }
            } catch (ExecutionException failure) {
                running.forEach(each -> each.cancel(true));
                throw failure.getCause() instanceof JorchException known
                        ? known
                        : new JorchException(ErrorCode.INTERNAL, "a transfer failed: "
                                + JorchException.describe(failure.getCause()), failure.getCause());
            } catch (InterruptedException | CancellationException interrupted) {
                running.forEach(each -> each.cancel(true));
                throw Cancellation.cancelled();
            }
        }
    }
}
