package io.jorch.worker.task;

import io.jorch.api.error.JorchException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes away what is left of a task. Both halves may be repeated; they are, until they succeed, since managers give
/// addresses and ids away again on the word of this step.
final class RemoveStep {
    private static final Logger LOG = LoggerFactory.getLogger(RemoveStep.class);
    private static final long FIRST_PAUSE = 1_000_000_000L;
    private static final long LONGEST_PAUSE = 60_000_000_000L;

    private final TaskControl control;
    private final TaskTools tools;

    RemoveStep(TaskControl control, TaskTools tools) {
        this.control = control;
        this.tools = tools;
    }

    /// Frees the address and what the kernel holds; the log stays, for whoever wants to know why it ended.
    void release(String taskId) throws Detached {
        untilDone(taskId, "release", () -> {
            tools.networks().detach(taskId);
            tools.runtime().release(taskId);
        });
    }

    /// Leaves nothing.
    void remove(String taskId) throws Detached {
        untilDone(taskId, "remove", () -> {
            tools.networks().detach(taskId);
            tools.runtime().remove(taskId);
            tools.volumes().removeOwn(taskId);
        });
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void untilDone(String taskId, String what, Work work) throws Detached {
        long pause = FIRST_PAUSE;
        while (true) {
            try {
                work.run();
                return;
            } catch (RuntimeException | InterruptedException failure) {
                LOG.warn("event={}-failed task={} retry-ms={} error=\"{}\"", what, taskId, pause / 1_000_000,
                        JorchException.describe(failure));
            }
            pauseFor(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
    }

    private void pauseFor(long nanos) throws Detached {
        long deadline = tools.alarms().now() + nanos;
        for (long left = nanos; left > 0; left = deadline - tools.alarms().now()) {
            if (control.takeBefore(left) == null) {
                return;
            }
        }
    }
}
