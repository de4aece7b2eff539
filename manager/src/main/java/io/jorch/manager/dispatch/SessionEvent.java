package io.jorch.manager.dispatch;

import io.jorch.api.message.AgentMessage.TaskReport;
import io.jorch.api.object.NodeDescription;
import java.util.List;

/// What the leader loop is told of nodes' sessions, in the order in which it happened on each.
public sealed interface SessionEvent {
    String nodeId();

    /// A session began. `tasks` is everything that the node has; `appliedEpoch` the network map it has in force.
    record Registered(String nodeId, NodeDescription description, String address, List<TaskReport> tasks,
            long appliedEpoch) implements SessionEvent {
    }

    /// Any sign of life.
    record Heard(String nodeId) implements SessionEvent {
    }

    record Reported(String nodeId, List<TaskReport> tasks) implements SessionEvent {
    }

    /// Every change of networks up to this index is in force on the node.
    record NetworksApplied(String nodeId, long epoch) implements SessionEvent {
    }

    /// @param error empty: it has the image
    record ImageFetched(String nodeId, String image, String error) implements SessionEvent {
    }

    /// The stream ended. `clean`: the node said that it leaves, its containers stay.
    record Gone(String nodeId, boolean clean, String reason) implements SessionEvent {
    }
}
