package io.jorch.raft.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The newest committed events, and who wants to hear of the next. The apply thread writes; a watcher that asks for
/// events after an index gets those first and then each new one, without a gap, or is told that they are gone.
public final class EventLog {
    /// Events kept for watchers that come back.
    public static final int KEPT = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Event> newest = new ArrayDeque<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private long forgottenUpTo;

    /// Hears of commits on the apply thread: must not block.
    @FunctionalInterface
    public interface Watcher {
        /// @param after the state that the events led to; for events from the past, the state now
        void committed(List<Event> events, ClusterState after);
    }

    /// A running watch; closing it ends it.
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /// @param sinceIndex events after this index are told first; null: only new ones
    /// @return null when events after that index have been forgotten: read the state anew and watch from its index
    public @Nullable Watch watch(@Nullable Long sinceIndex, ClusterState now, Watcher watcher) {
        lock.lock();
        try {
            if (sinceIndex != null) {
                if (sinceIndex < forgottenUpTo) {
                    return null;
                }
                List<Event> missed = newest.stream().filter(event -> event.index() > sinceIndex).toList();
                if (!missed.isEmpty()) {
                    watcher.committed(missed, now);
                }
            }
            watchers.add(watcher);
        } finally {
            lock.unlock();
        }
        return () -> {
            lock.lock();
            try {
                watchers.remove(watcher);
            } finally {
                lock.unlock();
            }
        };
    }

    /// The least index that [#watch] can go back to.
    public long forgottenUpTo() {
        lock.lock();
        try {
            return forgottenUpTo;
        } finally {
            lock.unlock();
        }
    }

    void append(List<Event> events, ClusterState after) {
        List<Watcher> told;
        lock.lock();
        try {
            newest.addAll(events);
            while (newest.size() > KEPT) {
                forgottenUpTo = newest.removeFirst().index();
            }
            told = List.copyOf(watchers);
            for (Watcher watcher : told) {
                watcher.committed(events, after);
            }
        } finally {
            lock.unlock();
        }
    }

    /// After a restore the past is unknown.
    void reset(long index) {
        lock.lock();
        try {
            newest.clear();
            forgottenUpTo = index;
        } finally {
            lock.unlock();
        }
    }
}
