package io.jorch.manager.command;

import io.jorch.api.error.JorchException;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.plan.Now;
import io.jorch.raft.state.Change;
import io.jorch.raft.state.ClusterState;
import java.util.ArrayList;
import java.util.List;

/// Nodes: their role, labels and availability; their removal.
final class NodeCommands {
    private NodeCommands() {
    }

    static CommandChanges update(Command.UpdateNode command, ClusterState state, Now now) {
        Node node = find(state, command.id());
        Names.checkVersion("node", node.id(), node.meta().version(), command.version());
        if (!List.of("active", "pause", "drain").contains(command.spec().availability())) {
            throw JorchException.invalid("Availability",
                    "\"" + command.spec().availability() + "\" is not known: use one of active, pause, drain");
        }
        if (!List.of("worker", "manager").contains(command.spec().role())) {
            throw JorchException.invalid("Role",
                    "\"" + command.spec().role() + "\" is not known: use one of worker, manager");
        }
        if (node.manager() && command.spec().role().equals("worker")
                && state.nodes().all().stream().filter(Node::manager).count() == 1) {
            throw JorchException.conflict("attempting to demote the last manager of the swarm: promote another node "
                    + "first");
        }
        return CommandChanges.put(node.withSpec(command.spec(), now.wall()));
    }

    /// The tasks of a removed node count as orphaned: nobody will report them any more.
    static CommandChanges remove(Command.RemoveNode command, ClusterState state, Now now) {
        Node node = find(state, command.id());
        if (node.manager()) {
            throw JorchException.conflict("node " + node.id() + " is a manager: demote it before removing it");
        }
        if (!command.force() && node.status().state() != NodeStatus.State.DOWN) {
            throw JorchException.conflict("node " + node.id() + " is not down: stop jorch on it first, or use --force");
        }
        List<Change> changes = new ArrayList<>();
        changes.add(Change.Delete.of(node));
        for (Task task : state.tasksOnNode(node.id())) {
            if (!task.status().state().terminal()) {
                changes.add(new Change.Put(task.withStatus(TaskStatus.of(TaskState.ORPHANED, now.wall(), "orphaned")
                        .withError("node " + node.id() + " was removed from the cluster"), now.wall())));
            }
        }
        return new CommandChanges(changes, node.id(), List.of());
    }

    private static Node find(ClusterState state, String id) {
        Node node = state.nodes().get(id);
        if (node == null) {
            throw JorchException.notFound("node", id);
        }
        return node;
    }
}
