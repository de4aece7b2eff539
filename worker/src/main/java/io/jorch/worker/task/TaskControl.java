package io.jorch.worker.task;

import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.TaskState;
import io.jorch.worker.time.Alarms;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The mailbox of a runner, and what is wanted of its task. The runner's thread takes; everyone may post.
///
/// A runner that blocks in a step is woken by an interrupt, but only inside [#cancellable], so that no interrupt ever
/// hits a step that must end what it began. Everywhere else the mailbox tells.
final class TaskControl implements TaskHandle {
    /// A step that may be given up half way.
    interface Step<T> {
        T run() throws InterruptedException;
    }

    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Alarms alarms;
    private volatile TaskAssignment assignment;
    private volatile TaskState desired;
    private volatile boolean detached;
    /// Whoever is inside [#cancellable]; guarded by the lock.
    private @Nullable Thread cancellable;
    /// Counts waits; the runner's thread only.
    private long waits;

    TaskControl(TaskAssignment assignment, TaskState desired, Alarms alarms) {
        this.assignment = assignment;
        this.desired = desired;
        this.alarms = alarms;
    }

    @Override
    public void desire(TaskAssignment newest, TaskState wanted) {
        lock.lock();
        try {
            assignment = newest;
            if (wanted.compareTo(desired) > 0) {
                desired = wanted;
            }
            interruptIfOver();
        } finally {
            lock.unlock();
        }
        happenings.add(new Happening.Desired());
    }

    @Override
    public void detach() {
        lock.lock();
        try {
            detached = true;
            interruptIfOver();
        } finally {
            lock.unlock();
        }
        happenings.add(new Happening.Desired());
    }

    void post(Happening happening) {
        happenings.add(happening);
    }

    TaskAssignment assignment() {
        return assignment;
    }

    TaskState desired() {
        return desired;
    }

    boolean stopWanted() {
        return desired.atLeast(TaskState.SHUTDOWN);
    }

    /// Runs a step that is given up once the task is to stop or the daemon goes.
    ///
    /// @throws InterruptedException it was given up, because the task is to stop
    <T> T cancellable(Step<T> step) throws InterruptedException, Detached {
        lock.lock();
        try {
            if (detached || stopWanted()) {
                throw givenUp();
            }
            cancellable = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        T result;
        try {
            result = step.run();
        } catch (InterruptedException interrupted) {
            leave();
            throw givenUp();
        } catch (RuntimeException failure) {
            if (leave()) {
                throw givenUp(); // however the step put it, it failed because it was interrupted
            }
            throw failure;
        }
        if (leave() && detached) {
            throw new Detached();
        }
        return result;
    }

    /// The next thing that happens.
    Happening take() throws Detached {
        Happening next = takeBefore(0);
        if (next == null) {
            throw new IllegalStateException("a wait without an end ended");
        }
        return next;
    }

    /// The next thing that happens, or null once the time has passed.
    ///
    /// @param nanos positive, or 0: for ever
    @Nullable Happening takeBefore(long nanos) throws Detached {
        long wait = ++waits;
        Alarms.Alarm alarm = nanos == 0 ? () -> {
        } : alarms.after(nanos, () -> happenings.add(new Happening.Elapsed(wait)));
        try {
            while (true) {
                Happening next = happenings.take();
                if (detached) {
                    throw new Detached();
                }
                if (!(next instanceof Happening.Elapsed elapsed)) {
                    return next;
                }
                if (elapsed.number() == wait) {
                    return null;
                }
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("a runner is interrupted inside cancellable steps only", interrupted);
        } finally {
            alarm.cancel();
        }
    }

    private void interruptIfOver() {
        if (cancellable != null && (detached || stopWanted())) {
            cancellable.interrupt();
        }
    }

    /// @return whether the step was interrupted
    private boolean leave() {
        lock.lock();
        try {
            cancellable = null;
            boolean flagged = Thread.interrupted();
            return flagged || detached || stopWanted();
        } finally {
            lock.unlock();
        }
    }

    private InterruptedException givenUp() throws Detached {
        if (detached) {
            throw new Detached();
        }
        return new InterruptedException("task is to stop");
    }
}
