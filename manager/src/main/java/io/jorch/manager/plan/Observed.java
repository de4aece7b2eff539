package io.jorch.manager.plan;

import io.jorch.api.message.AgentMessage.TaskReport;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.dispatch.SessionEvent;
import io.jorch.raft.state.ClusterState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/// What only the leader knows, and a new leader does not know yet. Immutable. A new leader starts with [#starting];
/// what it has not heard of is unknown, never failed, until its grace time has passed.
///
/// @param startedAt when this leader began (monotonic nanoseconds)
/// @param nodes node id → its session; absent: not heard of since `startedAt`
/// @param fleeting task id → newest status between ACCEPTED and STARTING, which is not committed
/// @param marks since when each task, rollout and node has been as it is
/// @param noted the state that the marks were taken from
public record Observed(long startedAt, PMap<String, NodeView> nodes, PMap<String, TaskStatus> fleeting,
        PMap<String, Mark> marks, ClusterState noted) {

    public static Observed starting(Now now) {
        return new Observed(now.nanos(), HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(),
                ClusterState.EMPTY);
    }

    /// Takes in what a node's session told. Committing statuses that are not fleeting is the caller's.
    public Observed hearing(SessionEvent event, Now now) {
        return switch (event) {
            case SessionEvent.Registered it -> registered(it, now);
            case SessionEvent.Heard it -> heard(it.nodeId(), now);
            case SessionEvent.Reported it -> heard(it.nodeId(), now).reported(it.nodeId(), it.tasks());
            case SessionEvent.NetworksApplied it -> {
                NodeView view = nodes.get(it.nodeId());
                yield view == null || view.epoch() >= it.epoch() ? this : with(it.nodeId(), view.applied(it.epoch()));
            }
            case SessionEvent.ImageFetched it -> heard(it.nodeId(), now).fetched(it, now);
            case SessionEvent.Gone it -> {
                NodeView view = nodes.get(it.nodeId());
                yield view == null ? this : with(it.nodeId(), view.gone(it.clean(), now.nanos()));
            }
        };
    }

    /// Notes since when each object has been as it is. To be called with every state, before planning over it.
    public Observed noting(ClusterState state, Now now) {
        if (state == noted) {
            return this;
        }
        PMap<String, NodeView> views = nodes;
        for (String nodeId : nodes.keySet()) {
            NodeView view = nodes.get(nodeId);
            if (view != null && view.live() && view.mustApply() < 0) {
                views = views.plus(nodeId, view.mustApply(state.index()));
            }
        }
        Noting noting = new Noting(noted, state, now, marks, fleeting);
        return new Observed(startedAt, views, noting.fleeting(), noting.marks(), state);
    }

    /// Takes in that the nodes were asked for a plan's images, so that the next plan doesn't ask again. A node's next
    /// session is asked anew.
    public Observed asking(Plan plan, Now now) {
        Observed next = this;
        for (Map.Entry<String, List<ImagePin>> entry : plan.fetch().entrySet()) {
            for (ImagePin image : entry.getValue()) {
                NodeView view = next.nodes.get(entry.getKey());
                if (view != null) {
                    next = next.with(entry.getKey(), view.image(image.pinned(),
                            new ImageState(ImageState.Kind.ASKED, now.nanos(), "")));
                }
            }
        }
        return next;
    }

    public @Nullable NodeView node(String nodeId) {
        return nodes.get(nodeId);
    }

    /// Whether the node is known to have nothing left of a task.
    public boolean clearedOf(String nodeId, String taskId) {
        NodeView view = nodes.get(nodeId);
        return view != null && !view.holding().contains(taskId);
    }

    public boolean fetched(String nodeId, String pinned) {
        NodeView view = nodes.get(nodeId);
        ImageState image = view == null ? null : view.images().get(pinned);
        return image != null && image.kind() == ImageState.Kind.FETCHED;
    }

    private Observed with(String nodeId, NodeView view) {
        return new Observed(startedAt, nodes.plus(nodeId, view), fleeting, marks, noted);
    }

    private Observed registered(SessionEvent.Registered event, Now now) {
        NodeView view = new NodeView(true, false, now.nanos(), event.appliedEpoch(), -1, HashTreePSet.empty(),
                HashTreePMap.empty());
        return with(event.nodeId(), view).reported(event.nodeId(), event.tasks());
    }

    private Observed heard(String nodeId, Now now) {
        NodeView view = nodes.get(nodeId);
        return view == null || !view.live() ? this : with(nodeId, view.heard(now.nanos()));
    }

    private Observed reported(String nodeId, List<TaskReport> reports) {
        NodeView view = nodes.get(nodeId);
        if (view == null) {
            return this;
        }
        PMap<String, TaskStatus> newest = fleeting;
        PSet<String> holding = view.holding();
        for (TaskReport report : reports) {
            holding = report.removed() ? holding.minus(report.taskId()) : holding.plus(report.taskId());
            TaskStatus before = newest.get(report.taskId());
            if (!report.status().state().fleeting()) {
                newest = newest.minus(report.taskId());
            } else if (before == null || report.status().state().atLeast(before.state())) {
                newest = newest.plus(report.taskId(), report.status());
            }
        }
        return new Observed(startedAt, nodes.plus(nodeId, view.holding(holding)), newest, marks, noted);
    }

    private Observed fetched(SessionEvent.ImageFetched event, Now now) {
        NodeView view = nodes.get(event.nodeId());
        ImageState.Kind kind = event.error().isEmpty() ? ImageState.Kind.FETCHED : ImageState.Kind.FAILED;
        return view == null
                ? this
                : with(event.nodeId(), view.image(event.image(), new ImageState(kind, now.nanos(), event.error())));
    }
}
