package io.jorch.worker.journal;

import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;

/// What the journal knows of one task.
///
/// @param bootId of the kernel under which it was assigned
/// @param status the newest that was observed
/// @param removing the manager assigns it no more
public record JournalEntry(TaskAssignment assignment, String bootId, TaskStatus status, boolean removing) {
    public String taskId() {
        return assignment.taskId();
    }

    /// What is wanted of the task now: to be stopped, when it is assigned no more.
    public TaskState desired() {
        return removing ? TaskState.REMOVE : assignment.desired();
    }

    JournalEntry withAssignment(TaskAssignment newer) {
        return new JournalEntry(newer, bootId, status, removing);
    }

    JournalEntry withDesired(TaskState desired) {
        TaskAssignment old = assignment;
        return withAssignment(new TaskAssignment(old.taskId(), old.serviceId(), old.serviceName(), old.serviceLabels(),
                old.name(), old.slot(), desired, old.endpoint(), old.spec(), old.image(), old.ids(), old.legs(),
                old.generic(), old.servedPorts()));
    }

    JournalEntry withStatus(TaskStatus newer) {
        return new JournalEntry(assignment, bootId, newer, removing);
    }

    JournalEntry asRemoving() {
        return new JournalEntry(assignment, bootId, status, true);
    }
}
