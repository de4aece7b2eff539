package io.jorch.api.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jorch.api.json.Absent;
import io.jorch.api.object.ImagePin;
import java.util.List;

/// What a manager sends down a worker's stream.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "Type")
@JsonSubTypes({@JsonSubTypes.Type(value = ManagerMessage.Welcome.class, name = "welcome"),
        @JsonSubTypes.Type(value = ManagerMessage.Assignments.class, name = "assignments"),
        @JsonSubTypes.Type(value = ManagerMessage.Networks.class, name = "networks"),
        @JsonSubTypes.Type(value = ManagerMessage.FetchImages.class, name = "fetchImages"),
        @JsonSubTypes.Type(value = ManagerMessage.SubscribeLogs.class, name = "subscribeLogs"),
        @JsonSubTypes.Type(value = ManagerMessage.CancelLogs.class, name = "cancelLogs"),
        @JsonSubTypes.Type(value = ManagerMessage.Refused.class, name = "refused")})
public sealed interface ManagerMessage {
    /// The answer to [AgentMessage.Register].
    ///
    /// @param heartbeatPeriod nanoseconds between heartbeats
    record Welcome(String clusterId, long heartbeatPeriod) implements ManagerMessage {
    }

    /// The session was not accepted; the stream is closed after it.
    record Refused(String reason) implements ManagerMessage {
    }

    /// What the node is to run.
    ///
    /// @param index the Raft index of the state it was made from; grows on a stream
    /// @param full `put` is all there is: whatever the node runs besides is to be stopped and removed
    /// @param remove ids of tasks the node is to stop, remove and forget
    record Assignments(long index, boolean full, List<TaskAssignment> put, List<String> remove)
            implements
                ManagerMessage {
        public Assignments {
            put = Absent.list(put);
            remove = Absent.list(remove);
        }
    }

    /// To be made true and then acknowledged by [AgentMessage.NetworksApplied].
    record Networks(NetworkMap map) implements ManagerMessage {
    }

    /// Images to have before a rollout stops anything; answered by [AgentMessage.ImageFetched], one each.
    record FetchImages(List<ImagePin> images) implements ManagerMessage {
        public FetchImages {
            images = Absent.list(images);
        }
    }

    /// @param since RFC 3339, or empty
    /// @param tail lines from the end of each task's log, -1: all
    record SubscribeLogs(String subscription, List<String> taskIds, boolean follow, String since, long tail,
            boolean stdout, boolean stderr) implements ManagerMessage {
        public SubscribeLogs {
            taskIds = Absent.list(taskIds);
            since = Absent.text(since);
        }
    }

    record CancelLogs(String subscription) implements ManagerMessage {
    }
}
