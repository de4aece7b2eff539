package io.jorch.images.store;

import io.jorch.images.stream.Cancellation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// One lock per key, kept only while somebody has or wants it. To be released by the thread that took it.
final class KeyedLocks<K> {
    private final ConcurrentHashMap<K, Counted> locks = new ConcurrentHashMap<>();

    private static final class Counted {
        private final ReentrantLock lock = new ReentrantLock();
        /// Changed inside of the map's compute only.
        private int users;
    }

    /// Waits for the key; an interrupt cancels the wait.
    Held lock(K key) {
        Counted counted = locks.compute(key, (same, present) -> {
            Counted value = present == null ? new Counted() : present;
            value.users++;
            return value;
        });
        try {
            counted.lock.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            release(key);
            throw Cancellation.cancelled();
        }
        return () -> {
            counted.lock.unlock();
            release(key);
        };
    }

    private void release(K key) {
        locks.computeIfPresent(key, (same, value) -> {
            value.users--;
            return value.users == 0 ? null : value;
        });
    }

    /// A lock that is held until it is closed.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
