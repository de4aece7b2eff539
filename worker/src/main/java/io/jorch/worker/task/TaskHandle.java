package io.jorch.worker.task;

import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.TaskState;

/// How an agent steers a task's runner. May be called by any thread; never blocks.
public interface TaskHandle {
    /// The manager wants something else, or has more to say; never less than before.
    ///
    /// @param desired [TaskState#REMOVE]: nothing of it is to be left
    void desire(TaskAssignment newest, TaskState desired);

    /// The daemon goes: the runner ends, what runs stays.
    void detach();
}
