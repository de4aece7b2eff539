package io.jorch.images.store;

import io.jorch.images.model.Digest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which digests somebody is working with, so that the collector leaves them. Guarded by its own lock, which is never
/// held for longer than a rename or an unlink takes.
///
/// The rule: take a lease *before* looking whether something is there, and give it back only after a name or the
/// caller's keep set holds it.
public final class Leases {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Digest, Integer> holders = new HashMap<>();
    private final ReentrantLock sweeping = new ReentrantLock();
    /// All that was held at any moment since the running sweep began; null when none runs.
    private @Nullable Set<Digest> heldDuringSweep;

    public Lease open() {
        return new Lease();
    }

    /// Digests that are held until it is closed. May be used by several threads.
    public final class Lease implements AutoCloseable {
        private final Set<Digest> mine = new HashSet<>();

        private Lease() {
        }

        public void hold(Digest digest) {
            lock.lock();
            try {
                if (mine.add(digest)) {
                    holders.merge(digest, 1, Integer::sum);
                    if (heldDuringSweep != null) {
                        heldDuringSweep.add(digest);
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                mine.forEach(digest -> holders.computeIfPresent(digest, (same, count) -> count == 1 ? null : count - 1));
                mine.clear();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Begins a sweep; it must begin before the collector reads what is named. One at a time.
    Sweep sweep() {
        sweeping.lock();
        lock.lock();
        try {
            heldDuringSweep = new HashSet<>(holders.keySet());
        } finally {
            lock.unlock();
        }
        return new Sweep();
    }

    /// The right to delete what was free all the time since it began.
    final class Sweep implements AutoCloseable {
        private Sweep() {
        }

        /// Runs the deletion unless somebody holds the digest, or did since the sweep began; nobody can begin to hold
        /// it meanwhile.
        boolean ifFree(Digest digest, Runnable deletion) {
            lock.lock();
            try {
                if (heldDuringSweep == null || heldDuringSweep.contains(digest)) {
                    return false;
                }
                deletion.run();
                return true;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                heldDuringSweep = null;
            } finally {
                lock.unlock();
            }
            sweeping.unlock();
        }
    }
}
