package io.jorch.manager.dispatch;

import io.jorch.api.message.Frame;
import io.jorch.api.message.ManagerMessage;
import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.message.WorkerStream;
import io.jorch.raft.state.ClusterState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One node's session: what it was last told, so that only differences are sent. Owned by the dispatcher's thread.
final class Session {
    private final WorkerStream stream;
    private @Nullable String nodeId;
    private boolean leaving;
    private final Map<String, TaskAssignment> told = new HashMap<>();
    private boolean toldAnything;
    private @Nullable NetworkMap toldNetworks;
    private long epochTold;
    private long epochApplied;

    Session(WorkerStream stream) {
        this.stream = stream;
    }

    @Nullable String nodeId() {
        return nodeId;
    }

    boolean leaving() {
        return leaving;
    }

    void leave() {
        leaving = true;
    }

    void registered(String id, long appliedEpoch) {
        nodeId = id;
        epochApplied = appliedEpoch;
    }

    void send(ManagerMessage message) {
        stream.send(Frame.encode(message));
    }

    void close() {
        stream.close();
    }

    /// Sends what changed for this node since it was last told.
    ///
    /// @return the epoch up to which the node's networks are in force now
    long tell(ClusterState state, Projection projection) {
        String id = nodeId;
        if (id == null) {
            return 0;
        }
        tellNetworks(projection.networks(state, id), state.index());
        tellAssignments(projection.assignments(state, id), state.index());
        return inForce();
    }

    /// @return the epoch up to which the node's networks are in force now
    long applied(long epoch) {
        epochApplied = Math.max(epochApplied, epoch);
        return inForce();
    }

    /// A map that did not change need not be sent again: what was acknowledged covers all states since.
    private long inForce() {
        NetworkMap networks = toldNetworks;
        return networks != null && epochApplied >= networks.epoch() ? Math.max(epochTold, epochApplied) : epochApplied;
    }

    private void tellNetworks(NetworkMap map, long index) {
        NetworkMap last = toldNetworks;
        if (last == null || !last.networks().equals(map.networks()) || !last.ports().equals(map.ports())) {
            toldNetworks = map;
            send(new ManagerMessage.Networks(map));
        }
        epochTold = index;
    }

    private void tellAssignments(List<TaskAssignment> now, long index) {
        List<TaskAssignment> put = new ArrayList<>();
        Map<String, TaskAssignment> gone = new HashMap<>(told);
        for (TaskAssignment assignment : now) {
            gone.remove(assignment.taskId());
            if (!assignment.equals(told.put(assignment.taskId(), assignment))) {
                put.add(assignment);
            }
        }
        gone.keySet().forEach(told::remove);
        if (!toldAnything || !put.isEmpty() || !gone.isEmpty()) {
            send(new ManagerMessage.Assignments(index, !toldAnything, put,
                    gone.keySet().stream().sorted().toList()));
            toldAnything = true;
        }
    }
}
