package io.jorch.api.object;

import io.jorch.api.json.Absent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was observed of a task; written by its worker only (by a manager until a worker has it).
///
/// @param timestamp the worker's wall clock
/// @param message what it is doing, in words
/// @param error why it failed or why it waits; empty: nothing wrong
/// @param ready a RUNNING task that may be given new connections
/// @param containerId empty: none yet
public record TaskStatus(TaskState state, Instant timestamp, String message, String error, boolean ready,
        String containerId, @Nullable Long pid, @Nullable Integer exitCode) {
    public TaskStatus {
        message = Absent.text(message);
        error = Absent.text(error);
        containerId = Absent.text(containerId);
    }

    public static TaskStatus of(TaskState state, Instant now, String message) {
        return new TaskStatus(state, now, message, "", false, "", null, null);
    }

    public TaskStatus withError(String newError) {
        return new TaskStatus(state, timestamp, message, newError, ready, containerId, pid, exitCode);
    }
}
