package io.jorch.api.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jorch.api.json.Absent;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.TaskStatus;
import java.time.Instant;
import java.util.List;

/// What a worker sends up its stream.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "Type")
@JsonSubTypes({@JsonSubTypes.Type(value = AgentMessage.Register.class, name = "register"),
        @JsonSubTypes.Type(value = AgentMessage.Heartbeat.class, name = "heartbeat"),
        @JsonSubTypes.Type(value = AgentMessage.Report.class, name = "report"),
        @JsonSubTypes.Type(value = AgentMessage.NetworksApplied.class, name = "networksApplied"),
        @JsonSubTypes.Type(value = AgentMessage.ImageFetched.class, name = "imageFetched"),
        @JsonSubTypes.Type(value = AgentMessage.LogLines.class, name = "logLines"),
        @JsonSubTypes.Type(value = AgentMessage.Leaving.class, name = "leaving")})
public sealed interface AgentMessage {
    /// The first message on a stream.
    ///
    /// @param tasks the newest status of every task that the node has anything of
    /// @param appliedEpoch the newest [NetworkMap] in force, 0: none
    record Register(String nodeId, NodeDescription description, String address, List<TaskReport> tasks,
            long appliedEpoch) implements AgentMessage {
        public Register {
            address = Absent.text(address);
            tasks = Absent.list(tasks);
        }
    }

    record Heartbeat() implements AgentMessage {
    }

    /// The newest status of each task that changed since the last report.
    record Report(List<TaskReport> tasks) implements AgentMessage {
        public Report {
            tasks = Absent.list(tasks);
        }
    }

    /// @param removed the node has nothing left of the task: no process, mount, cgroup, namespace, file
    record TaskReport(String taskId, TaskStatus status, boolean removed) {
    }

    /// The map of this epoch is in force in the node's kernel.
    record NetworksApplied(long epoch) implements AgentMessage {
    }

    /// @param error empty: the image is there, unpacked and checked
    record ImageFetched(String image, String error) implements AgentMessage {
        public ImageFetched {
            error = Absent.text(error);
        }
    }

    /// @param end nothing follows for this subscription
    /// @param error empty, or why the lines are not whole
    record LogLines(String subscription, List<LogLine> lines, boolean end, String error) implements AgentMessage {
        public LogLines {
            lines = Absent.list(lines);
            error = Absent.text(error);
        }
    }

    /// @param stderr else stdout
    record LogLine(String taskId, Instant time, boolean stderr, String text) {
        public LogLine {
            text = Absent.text(text);
        }
    }

    /// A clean stop: the daemon goes, its containers stay.
    record Leaving() implements AgentMessage {
    }
}
