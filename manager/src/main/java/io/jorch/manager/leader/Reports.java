package io.jorch.manager.leader;

import io.jorch.api.message.AgentMessage.TaskReport;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.dispatch.SessionEvent;
import io.jorch.manager.plan.Now;
import io.jorch.raft.state.Draft;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What of a session's news is committed: pure. PREPARING and its like stay in the leader's memory.
final class Reports {
    private Reports() {
    }

    static void record(Draft draft, SessionEvent event, Now now) {
        switch (event) {
            case SessionEvent.Registered it -> registered(draft, it, now);
            case SessionEvent.Reported it -> statuses(draft, it.nodeId(), it.tasks(), now);
            case SessionEvent.Gone it -> gone(draft, it, now);
            case SessionEvent.Heard _, SessionEvent.NetworksApplied _, SessionEvent.ImageFetched _ -> {
                // Only the leader's memory changes.
            }
        }
    }

    private static void registered(Draft draft, SessionEvent.Registered event, Now now) {
        Node node = draft.state().nodes().get(event.nodeId());
        if (node == null) {
            return;
        }
        NodeStatus ready = new NodeStatus(NodeStatus.State.READY, "");
        if (!ready.equals(node.status()) || !event.description().equals(node.description())) {
            draft.put(node.withDescription(event.description(), now.wall()).withStatus(ready, now.wall()));
        }
        statuses(draft, event.nodeId(), event.tasks(), now);
        Set<String> had = event.tasks().stream().map(TaskReport::taskId).collect(Collectors.toSet());
        for (Task task : draft.state().tasksOnNode(event.nodeId())) {
            if (task.status().state() == TaskState.RUNNING && !had.contains(task.id())) {
                TaskStatus lost = TaskStatus.of(TaskState.FAILED, now.wall(), "lost")
                        .withError("the node came back without this task: its data was lost");
                draft.put(task.withStatus(lost, now.wall()));
            }
        }
    }

    /// A clean leave is known at once; silence is judged by the planner.
    private static void gone(Draft draft, SessionEvent.Gone event, Now now) {
        Node node = draft.state().nodes().get(event.nodeId());
        if (node != null && event.clean() && node.status().state() == NodeStatus.State.READY) {
            draft.put(node.withStatus(new NodeStatus(NodeStatus.State.DISCONNECTED, "daemon stopped"), now.wall()));
        }
    }

    private static void statuses(Draft draft, String nodeId, List<TaskReport> reports, Now now) {
        for (TaskReport report : reports) {
            @Nullable Task task = draft.state().tasks().get(report.taskId());
            TaskStatus told = report.status();
            if (task == null || !task.nodeId().equals(nodeId) || told.state().fleeting()) {
                continue;
            }
            TaskStatus known = task.status();
            boolean grew = told.state().compareTo(known.state()) > 0;
            boolean runsOtherwise = told.state() == known.state() && !told.state().terminal()
                    && (told.ready() != known.ready() || !told.error().equals(known.error()));
            if (grew || runsOtherwise) {
                draft.put(task.withStatus(told, now.wall()));
            }
        }
    }
}
