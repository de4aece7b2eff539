package io.jorch.api.object;

import java.util.Locale;

/// Where a task is: it only ever grows, so of two observations the greater is right (swarmkit, `api/types.proto`).
public enum TaskState {
    NEW, PENDING, ASSIGNED, ACCEPTED, PREPARING, READY, STARTING, RUNNING, COMPLETE, SHUTDOWN, FAILED, REJECTED, REMOVE,
    ORPHANED;

    /// Docker's spelling, e.g. `running`.
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Nothing of the task runs any more and nothing will.
    public boolean terminal() {
        return compareTo(RUNNING) > 0;
    }

    public boolean atLeast(TaskState other) {
        return compareTo(other) >= 0;
    }

    /// States that live in the leader's memory only; all others are committed.
    public boolean fleeting() {
        return this == ACCEPTED || this == PREPARING || this == READY || this == STARTING;
    }
}
