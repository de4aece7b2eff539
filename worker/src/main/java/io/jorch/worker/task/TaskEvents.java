package io.jorch.worker.task;

import io.jorch.api.object.TaskStatus;

/// What a task's runner tells its agent. May be called by any thread.
public interface TaskEvents {
    void observed(String taskId, TaskStatus status);

    /// As [#observed], but returns only once it is safe on disk.
    void observedDurably(String taskId, TaskStatus status) throws InterruptedException;

    /// Nothing is left of the task on the node.
    void removed(String taskId);
}
