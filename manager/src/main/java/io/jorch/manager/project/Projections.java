package io.jorch.manager.project;

import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.TaskAssignment;
import io.jorch.manager.dispatch.Projection;
import io.jorch.raft.state.ClusterState;
import java.util.List;

/// The dispatcher's view of a state. Keeps what it made for the last state, as nodes are asked for one after another.
/// Owned by the dispatcher's thread.
public final class Projections implements Projection {
    private ClusterState last = ClusterState.EMPTY;
    private NetworkMaps maps = new NetworkMaps(ClusterState.EMPTY);

    @Override
    public List<TaskAssignment> assignments(ClusterState state, String nodeId) {
        return Assignments.of(state, nodeId);
    }

    @Override
    public NetworkMap networks(ClusterState state, String nodeId) {
        if (state != last) {
            last = state;
            maps = new NetworkMaps(state);
        }
        return maps.of(nodeId);
    }
}
