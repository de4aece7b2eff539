package io.jorch.raft.ratis;

import io.jorch.raft.engine.Leadership;
import io.jorch.raft.engine.LeadershipListener;
import io.jorch.raft.engine.Role;
import io.jorch.raft.engine.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners who leads. One virtual thread looks (when Ratis gives a hint, and ten times a second, since Ratis
/// doesn't say when a leader is lost) and calls the listeners, so they see changes in order and never under a lock of Ratis.
final class LeadershipWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LeadershipWatch.class);
    private static final long LOOK_EVERY_MILLIS = 100;

    /// A registered listener and what it was told last; touched by the watching thread only.
    private static final class Registration {
        private final LeadershipListener listener;
        private Leadership told;

        Registration(LeadershipListener listener) {
            this.listener = listener;
            this.told = NOTHING;
        }
    }

    private static final Leadership NOTHING = new Leadership(-1, null, Role.STOPPED, false);

    private final Supplier<Leadership> look;
    private final Runnable check;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final Semaphore hints = new Semaphore(0);
    private final Thread thread;
    private volatile Leadership current;
    private volatile boolean closing;

    /// @param check done before each look
    LeadershipWatch(String memberId, Supplier<Leadership> look, Runnable check) {
        this.look = look;
        this.check = check;
        this.current = look.get();
        this.thread = Thread.ofVirtual().name("raft-leadership-" + memberId).start(this::watch);
    }

    void hint() {
        hints.release();
    }

    Leadership now() {
        return current;
    }

    Subscription subscribe(LeadershipListener listener) {
        Registration registration = new Registration(listener);
        registrations.add(registration);
        hint();
        return () -> registrations.remove(registration);
    }

    private void watch() {
        boolean last = false;
        while (!last) {
            last = closing;
            if (!last) {
                check.run();
            }
            Leadership seen = look.get();
            if (!seen.equals(current)) {
                LOG.info("event=leadership role={} term={} leader={} ready={}", seen.role(), seen.term(),
                        seen.leader(), seen.ready());
                current = seen;
            }
            for (Registration registration : registrations) {
                tell(registration, seen);
            }
            if (!last) {
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (hints.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                hints.drainPermits();
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private static void tell(Registration registration, Leadership seen) {
        if (seen.equals(registration.told)) {
            return;
        }
        registration.told = seen;
        try {
            registration.listener.changed(seen);
        } catch (RuntimeException e) {
            LOG.error("event=listener-failed listener={}", registration.listener, e);
        }
    }

    /// Tells the listeners the last state and ends the thread. May be called by a listener.
    void close() {
        closing = true;
        hint();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
