package io.jorch.worker.time;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The machine's own time: one thread rings all the bells of a worker.
public final class AlarmThread implements Alarms, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmThread.class);

    private final ScheduledThreadPoolExecutor executor;

    public AlarmThread() {
        executor = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().name("jorch-alarms").daemon(true).factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public Alarm after(long nanos, Runnable action) {
        ScheduledFuture<?> future = executor.schedule(() -> ring(action), nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void ring(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.error("event=alarm-failed", failure);
        }
    }
}
