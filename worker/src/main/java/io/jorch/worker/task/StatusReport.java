package io.jorch.worker.task;

import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Writes a task's statuses: the state never goes back, and what was known of the container stays. Owned by the
/// runner's thread.
final class StatusReport {
    private final String taskId;
    private final TaskEvents events;
    private final InstantSource clock;
    private TaskStatus newest;

    StatusReport(String taskId, TaskStatus known, TaskEvents events, InstantSource clock) {
        this.taskId = taskId;
        this.newest = known;
        this.events = events;
        this.clock = clock;
    }

    TaskStatus newest() {
        return newest;
    }

    /// A task that is taken up again may pass a state that it has left behind: that is no news.
    void reached(TaskState state, String message) {
        if (state.compareTo(newest.state()) > 0) {
            tell(status(state, message, "", false, null));
        }
    }

    /// About to be started: safe on disk before it is.
    void starting(String containerId) throws InterruptedException {
        newest = new TaskStatus(TaskState.STARTING, clock.instant(), "starting", "", false, containerId, null, null);
        events.observedDurably(taskId, newest);
    }

    void started(TaskContainer container, String message) {
        TaskStatus status = new TaskStatus(newest.state(), clock.instant(), message, "", newest.ready(), container.id(),
                container.pid(), null);
        if (!sameButTime(status)) {
            tell(status);
        }
    }

    void running(String message, boolean ready) {
        TaskStatus status = status(TaskState.RUNNING, message, "", ready, null);
        if (!sameButTime(status)) {
            tell(status);
        }
    }

    void ended(TaskState state, String message, String error, @Nullable Integer exitCode) {
        if (!newest.state().terminal()) {
            tell(status(state, message, error, false, exitCode));
        }
    }

    private TaskStatus status(TaskState state, String message, String error, boolean ready, @Nullable Integer exitCode) {
        return new TaskStatus(state, clock.instant(), message, error, ready, newest.containerId(), newest.pid(), exitCode);
    }

    private boolean sameButTime(TaskStatus other) {
        return newest.equals(new TaskStatus(other.state(), newest.timestamp(), other.message(), other.error(),
                other.ready(), other.containerId(), other.pid(), other.exitCode()));
    }

    private void tell(TaskStatus status) {
        newest = status;
        events.observed(taskId, status);
    }
}
