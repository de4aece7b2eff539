package io.jorch.manager.plan.schedule;

import io.jorch.api.object.Node;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.allocate.Addresses;
import io.jorch.manager.plan.allocate.ServiceAllocationStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Gives each pending task a node and what it needs there. What finds none stays pending, with the reason in its
/// status. Services are served in the order of their creation, tasks in that of their slots.
public final class ScheduleStep implements Step {
    @Override
    public void run(Planning planning) {
        Map<String, Map<Long, List<Task>>> pending = pending(planning);
        if (pending.isEmpty()) {
            return;
        }
        Map<String, NodeUse> nodes = uses(planning);
        Addresses addresses = new Addresses(planning);
        pending.keySet().stream().map(id -> planning.state().services().get(id))
                .sorted(Comparator.comparing((Service service) -> service.meta().createdAt())
                        .thenComparing(Service::id))
                .forEach(service -> pending.getOrDefault(service.id(), Map.of()).forEach((revision, tasks) -> {
                    String missing = ServiceAllocationStep.missing(planning, service);
                    if (missing == null) {
                        new Placing(planning, addresses, nodes, service, service.revision(revision)).place(tasks);
                    } else {
                        tasks.stream().filter(task -> !task.status().error().equals(missing)).forEach(
                                task -> planning.put(task.withStatus(task.status().withError(missing),
                                        planning.now().wall())));
                    }
                }));
    }

    /// Up, and meant to take new tasks.
    public static boolean available(Node node) {
        return node.status().ready() && node.spec().availability().equals("active");
    }

    /// Whether the service's constraints and platforms let it be on the node, whatever is free there.
    public static boolean fits(Service service, Node node) {
        return fits(service, service.target(), node);
    }

    /// As above, for a revision.
    public static boolean fits(Service service, long revision, Node node) {
        Need need = Need.of(service.revision(revision), List.of());
        return need.constraintsMatch(node) && need.platformsMatch(node);
    }

    private static Map<String, Map<Long, List<Task>>> pending(Planning planning) {
        Map<String, Map<Long, List<Task>>> pending = new TreeMap<>();
        for (Service service : planning.state().services().all()) {
            for (Task task : planning.tasksOf(service.id())) {
                if (task.status().state() == TaskState.PENDING && Tasks.wanted(task)
                        && service.has(task.revision())) {
                    pending.computeIfAbsent(service.id(), _ -> new TreeMap<>())
                            .computeIfAbsent(task.revision(), _ -> new ArrayList<>()).add(task);
                }
            }
        }
        pending.values().forEach(byRevision -> byRevision.values()
                .forEach(tasks -> tasks.sort(Comparator.comparingLong(Task::slot).thenComparing(Tasks.BY_AGE))));
        return pending;
    }

    private static Map<String, NodeUse> uses(Planning planning) {
        Map<String, NodeUse> nodes = new TreeMap<>();
        for (Node node : planning.state().nodes().all()) {
            nodes.put(node.id(), new NodeUse(node));
        }
        for (Service service : planning.state().services().all()) {
            for (Task task : planning.tasksOf(service.id())) {
                NodeUse use = nodes.get(task.nodeId());
                if (use != null && !Tasks.ended(task) && task.status().state() != TaskState.PENDING) {
                    use.add(service, task);
                }
            }
        }
        return nodes;
    }
}
