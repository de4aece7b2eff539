package io.jorch.manager.dispatch;

import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.TaskAssignment;
import io.jorch.raft.state.ClusterState;
import java.util.List;

/// What of a state one node must know: pure.
public interface Projection {
    /// The tasks a node is to have, in the order of their ids.
    List<TaskAssignment> assignments(ClusterState state, String nodeId);

    /// @return its epoch is the state's index
    NetworkMap networks(ClusterState state, String nodeId);
}
