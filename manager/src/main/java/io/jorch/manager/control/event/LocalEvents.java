package io.jorch.manager.control.event;

import io.jorch.api.docker.EventMessage;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// What happens to this node's images, with the newest 256 of the past, as in Docker. Thread-safe.
public final class LocalEvents {
    private static final int KEPT = 256;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<EventMessage> past = new ArrayDeque<>();
    private final List<Consumer<EventMessage>> listeners = new ArrayList<>();

    public LocalEvents(InstantSource clock) {
        this.clock = clock;
    }

    public void image(String action, String id, Map<String, String> attributes) {
        publish(EventMessage.of("image", action, new EventMessage.Actor(id, attributes), "local", clock.instant()));
    }

    private void publish(EventMessage message) {
        lock.lock();
        try {
            past.addLast(message);
            if (past.size() > KEPT) {
                past.removeFirst();
            }
            listeners.forEach(listener -> listener.accept(message));
        } finally {
            lock.unlock();
        }
    }

    /// @param replay tells what is kept of the past first
    /// @param listener is told while a lock is held: must not block
    /// @return ends it when run
    Runnable listen(boolean replay, Consumer<EventMessage> listener) {
        lock.lock();
        try {
            if (replay) {
                past.forEach(listener);
            }
            listeners.add(listener);
        } finally {
            lock.unlock();
        }
        return () -> {
            lock.lock();
            try {
                listeners.remove(listener);
            } finally {
                lock.unlock();
            }
        };
    }
}
