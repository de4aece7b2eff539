package io.jorch.worker.task;

import io.jorch.api.error.JorchException;
import io.jorch.api.message.TaskAssignment;
import io.jorch.worker.compose.Signals;
import io.jorch.worker.time.Alarms;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a container: connections first, then the stop signal, then the grace period, then SIGKILL.
///
/// Managers have taken the task out of every balancer before they want it stopped, so no new connection comes; what is
/// open may end by itself, but no longer than the drain time.
final class StopStep {
    private static final Logger LOG = LoggerFactory.getLogger(StopStep.class);
    /// How often open connections are counted.
    private static final long COUNT_EVERY = 100_000_000L;

    private final TaskControl control;
    private final TaskNetworks networks;
    private final Alarms alarms;

    StopStep(TaskControl control, TaskNetworks networks, Alarms alarms) {
        this.control = control;
        this.networks = networks;
        this.alarms = alarms;
    }

    /// @param drain whether open connections are waited for
    TaskExit run(TaskContainer container, int stopSignal, boolean drain) throws Detached {
        TaskAssignment task = control.assignment();
        TaskExit exit = drain ? drain(task) : null;
        if (exit == null) {
            container.signal(stopSignal);
            exit = awaitExit(task.spec().containerSpec().stopGracePeriodOrDefault());
        }
        if (exit == null) {
            LOG.info("event=task-killed task={} reason=grace-period-over", task.taskId());
            container.signal(Signals.KILL);
            exit = awaitExit(Long.MAX_VALUE);
        }
        if (exit == null) {
            throw new IllegalStateException("a wait without an end ended");
        }
        return exit;
    }

    /// @return how it ended meanwhile; null: it still runs
    private @Nullable TaskExit drain(TaskAssignment task) throws Detached {
        long deadline = alarms.now() + task.spec().extension().drainTimeoutOrDefault();
        while (!task.servedPorts().isEmpty()) {
            int open = count(task);
            long left = deadline - alarms.now();
            if (open == 0) {
                return null;
            }
            if (left <= 0) {
                LOG.info("event=drain-over task={} open={}", task.taskId(), open);
                return null;
            }
            TaskExit exit = awaitExit(Math.min(COUNT_EVERY, left));
            if (exit != null) {
                return exit;
            }
        }
        return null;
    }

    /// A count that fails stops nothing: the task is to end either way.
    private int count(TaskAssignment task) {
        try {
            return networks.openConnections(task);
        } catch (JorchException | InterruptedException failure) {
            LOG.warn("event=drain-skipped task={} error=\"{}\"", task.taskId(), JorchException.describe(failure));
            return 0;
        }
    }

    private @Nullable TaskExit awaitExit(long nanos) throws Detached {
        long deadline = nanos == Long.MAX_VALUE ? nanos : alarms.now() + nanos;
        while (true) {
            long left = nanos == Long.MAX_VALUE ? 0 : deadline - alarms.now();
            if (nanos != Long.MAX_VALUE && left <= 0) {
                return null;
            }
            Happening next = control.takeBefore(left);
            if (next == null) {
                return null;
            }
            if (next instanceof Happening.Exited exited) {
                return exited.exit();
            }
        }
    }
}
