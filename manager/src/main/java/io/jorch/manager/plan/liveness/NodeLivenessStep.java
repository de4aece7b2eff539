package io.jorch.manager.plan.liveness;

import io.jorch.api.object.Cluster;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.NodeStatus.State;
import io.jorch.api.spec.SwarmSpec;
import io.jorch.manager.plan.NodeView;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;

/// Which nodes are up.
///
/// Silence on an open stream means dead or cut off: after three missed heartbeats the node is DOWN and its tasks move.
/// A stream that ended means that the daemon is gone while its containers stay: DISCONNECTED, and nothing moves for
/// [#GRACE]. A node that this leader has not heard of yet is left as it is, as long.
public final class NodeLivenessStep implements Step {
    /// Nanoseconds that a daemon has to come back, and that a new leader gives nodes to find it.
    public static final long GRACE = 30 * Now.SECOND;
    private static final int MISSED_HEARTBEATS = 3;

    @Override
    public void run(Planning planning) {
        Cluster cluster = planning.cluster();
        long silence = MISSED_HEARTBEATS * (cluster == null ? Now.SECOND : heartbeatPeriod(cluster));
        for (Node node : planning.state().nodes().all()) {
            NodeStatus status = judge(planning, node, silence);
            if (!status.equals(node.status())) {
                planning.put(node.withStatus(status, planning.now().wall()));
            }
        }
    }

    /// Nanoseconds between a node's heartbeats: 1 s unless the cluster's settings say otherwise.
    public static long heartbeatPeriod(Cluster cluster) {
        SwarmSpec.Dispatcher dispatcher = cluster.spec().dispatcher();
        return dispatcher == null || dispatcher.heartbeatPeriod() <= 0 ? Now.SECOND : dispatcher.heartbeatPeriod();
    }

    private static NodeStatus judge(Planning planning, Node node, long silence) {
        NodeStatus before = node.status();
        NodeView view = planning.observed().node(node.id());
        if (view == null) {
            return before.state() == State.DOWN
                    || !planning.due(planning.observed().startedAt() + GRACE)
                            ? before
                            : new NodeStatus(State.DOWN, "not heard of since this leader began");
        }
        if (!view.live()) {
            if (before.state() == State.DOWN) {
                return before;
            }
            String how = view.clean() ? "jorch was stopped on the node" : "the node's connection ended";
            return planning.due(view.lastHeard() + GRACE)
                    ? new NodeStatus(State.DOWN, how + " and did not come back")
                    : new NodeStatus(State.DISCONNECTED, how);
        }
        if (planning.due(view.lastHeard() + silence)) {
            return before.state() == State.DOWN ? before : new NodeStatus(State.DOWN, "heartbeat failure");
        }
        return view.settled() ? new NodeStatus(State.READY, "") : before;
    }
}
