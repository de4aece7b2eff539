package io.jorch.manager.plan.drain;

import io.jorch.api.object.Cluster;
import io.jorch.api.object.Endpoint;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.TaskExtension;
import io.jorch.manager.plan.NodeView;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// SERVING → DRAINING → RELEASED: a draining task is told to stop once every node that could send it a connection has
/// acknowledged a network map without it. A node whose session ended, or that is down, sends nothing. When the drain
/// timeout has passed the stop goes on, and an event names who did not answer.
public final class EndpointDrainStep implements Step {
    @Override
    public void run(Planning planning) {
        Map<String, Set<String>> members = new HashMap<>();
        for (Service service : planning.state().services().all()) {
            for (Task task : planning.tasksOf(service.id())) {
                if (task.endpoint().phase() == Endpoint.Phase.DRAINING
                        && task.desired().compareTo(TaskState.SHUTDOWN) < 0) {
                    if (members.isEmpty()) {
                        members.putAll(members(planning));
                    }
                    drain(planning, service, task, members);
                }
            }
        }
    }

    private static void drain(Planning planning, Service service, Task task, Map<String, Set<String>> members) {
        if (Tasks.ended(task) || planning.lost(task)) {
            Stopping.release(planning, task);
            return;
        }
        if (task.endpoint().epoch() == 0) {
            return;
        }
        TreeSet<String> waitingFor = new TreeSet<>();
        for (String nodeId : audience(planning, service, task, members)) {
            NodeView view = planning.observed().node(nodeId);
            if (view != null && view.live() && view.epoch() < task.endpoint().epoch() && up(planning, nodeId)) {
                waitingFor.add(nodeId);
            }
        }
        if (waitingFor.isEmpty()) {
            Stopping.release(planning, task);
        } else if (planning.due(planning.since(task) + timeout(service, task))) {
            planning.event("task " + Tasks.name(service, task) + " is stopped though " + waitingFor
                    + " did not acknowledge that it takes no new connections");
            Stopping.release(planning, task);
        }
    }

    private static long timeout(Service service, Task task) {
        return service.has(task.revision())
                ? service.revision(task.revision()).spec().taskTemplate().extension().drainTimeoutOrDefault()
                : TaskExtension.DEFAULT_DRAIN_TIMEOUT;
    }

    private static boolean up(Planning planning, String nodeId) {
        Node node = planning.node(nodeId);
        return node != null && node.status().state() != NodeStatus.State.DOWN;
    }

    /// Who can send the task a connection: all nodes when it is published in the mesh; else its own node, and those
    /// with a task on one of its networks.
    private static Set<String> audience(Planning planning, Service service, Task task,
            Map<String, Set<String>> members) {
        TreeSet<String> audience = new TreeSet<>(List.of(task.nodeId()));
        Cluster cluster = planning.cluster();
        boolean published = service.ports().stream().anyMatch(port -> !port.onHost());
        for (Leg leg : task.legs()) {
            if (cluster == null || !leg.networkId().equals(cluster.ingressNetworkId())) {
                audience.addAll(members.getOrDefault(leg.networkId(), Set.of()));
            } else if (published) {
                planning.state().nodes().all().forEach(node -> audience.add(node.id()));
            }
        }
        return audience;
    }

    /// Network id → nodes with a task on it that has not ended.
    private static Map<String, Set<String>> members(Planning planning) {
        Map<String, Set<String>> members = new HashMap<>();
        for (Task task : planning.state().tasks().all()) {
            if (!Tasks.ended(task)) {
                task.legs().forEach(leg -> members.computeIfAbsent(leg.networkId(), _ -> new TreeSet<>())
                        .add(task.nodeId()));
            }
        }
        return members;
    }
}
