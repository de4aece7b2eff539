package io.jorch.worker.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;

/// One line of the journal: what changed for one task.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "Type")
@JsonSubTypes({@JsonSubTypes.Type(value = JournalRecord.Assigned.class, name = "assigned"),
        @JsonSubTypes.Type(value = JournalRecord.Desired.class, name = "desired"),
        @JsonSubTypes.Type(value = JournalRecord.Observed.class, name = "observed"),
        @JsonSubTypes.Type(value = JournalRecord.Removing.class, name = "removing"),
        @JsonSubTypes.Type(value = JournalRecord.Forgotten.class, name = "forgotten")})
public sealed interface JournalRecord {
    String taskId();

    /// The manager gave the node a task, or changed more of it than what it wants.
    ///
    /// @param bootId of the kernel that runs now: after a reboot nothing of the task can be left
    record Assigned(TaskAssignment assignment, String bootId) implements JournalRecord {
        @Override
        public String taskId() {
            return assignment.taskId();
        }
    }

    /// The manager wants something else of a task.
    record Desired(String taskId, TaskState desired) implements JournalRecord {
    }

    /// The node saw something of a task.
    record Observed(String taskId, TaskStatus status) implements JournalRecord {
    }

    /// The manager wants the task stopped and gone: it assigns it no more.
    record Removing(String taskId) implements JournalRecord {
    }

    /// Nothing is left of the task on the node.
    record Forgotten(String taskId) implements JournalRecord {
    }
}
