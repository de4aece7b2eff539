package io.jorch.images.registry;

import io.jorch.api.image.PullProgress;
import io.jorch.images.model.Descriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Tells one consumer of what several threads do, one line after another, and of bytes at most ten times a second.
final class PullReport {
    private static final long INTERVAL_NANOS = 100_000_000L;

    private final Consumer<PullProgress> consumer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> lastTold = new HashMap<>();

    PullReport(Consumer<PullProgress> consumer) {
        this.consumer = consumer;
    }

    void tell(PullProgress line) {
        lock.lock();
        try {
            consumer.accept(line);
        } finally {
            lock.unlock();
        }
    }

    void tell(Descriptor blob, String status) {
        tell(PullProgress.of(blob.digest().shortHex(), status));
    }

    void bytes(Descriptor blob, String status, long current) {
        String id = blob.digest().shortHex();
        lock.lock();
        try {
            long now = System.nanoTime();
            Long before = lastTold.get(id);
            if (before == null || now - before >= INTERVAL_NANOS) {
                lastTold.put(id, now);
                consumer.accept(PullProgress.of(id, status, current, blob.size()));
            }
        } finally {
            lock.unlock();
        }
    }
}
