package io.jorch.worker.task;

import io.jorch.worker.journal.JournalEntry;

/// Starts the runner of a task.
@FunctionalInterface
public interface TaskRunners {
    /// @param entry what is known of the task; more than accepted when it was taken up by an earlier daemon
    TaskHandle start(JournalEntry entry, TaskEvents events);
}
