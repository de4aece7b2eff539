package io.jorch.manager.plan.schedule;

import io.jorch.api.object.Leg;
import io.jorch.api.object.Network;
import io.jorch.api.object.Revision;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.plan.Modes;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.allocate.Addresses;
import io.jorch.manager.plan.allocate.Attachments;
import io.jorch.manager.plan.schedule.Reasons.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Places the pending tasks of one revision of one service.
final class Placing {
    private static final long FAILURES_COUNT_FOR = 300 * Now.SECOND;
    private final Planning planning;
    private final Addresses addresses;
    private final Map<String, NodeUse> nodes;
    private final Service service;
    private final Need need;
    private final List<Leg> legs;
    private final Ranking ranking;
    private final boolean bound;
    private final List<NodeUse> able = new ArrayList<>();
    private final Map<String, Reason> unable = new HashMap<>();

    Placing(Planning planning, Addresses addresses, Map<String, NodeUse> nodes, Service service, Revision revision) {
        this.planning = planning;
        this.addresses = addresses;
        this.nodes = nodes;
        this.service = service;
        this.need = Need.of(revision, service.ports());
        this.legs = Attachments.all(planning.state(), revision.spec());
        this.ranking = new Ranking(service.id(), need.spread(), nodes.values(), failures());
        this.bound = Modes.perNode(service);
        for (NodeUse use : nodes.values()) {
            @Nullable Reason reason = ScheduleStep.available(use.node)
                    ? need.constraintsMatch(use.node)
                            ? need.platformsMatch(use.node) ? null : Reason.PLATFORM
                            : Reason.CONSTRAINTS
                    : Reason.UNAVAILABLE;
            if (reason == null) {
                able.add(use);
            } else {
                unable.put(use.node.id(), reason);
            }
        }
    }

    void place(Collection<Task> tasks) {
        @Nullable String hopeless = null;
        for (Task task : tasks) {
            List<Task> before = predecessors(task);
            if (hopeless != null && before.isEmpty() && !bound) {
                pending(task, hopeless);
                continue;
            }
            Reasons reasons = new Reasons();
            NodeUse chosen = choose(task, before, reasons);
            if (chosen != null) {
                assign(task, chosen);
            } else {
                pending(task, reasons.toString());
                hopeless = before.isEmpty() && !bound ? reasons.toString() : null;
            }
        }
    }

    private @Nullable NodeUse choose(Task task, List<Task> before, Reasons reasons) {
        NodeUse preferred = nodes.get(task.nodeId());
        if (bound) {
            Reason reason = preferred == null ? Reason.UNAVAILABLE : why(preferred, task, before);
            if (reason != null) {
                reasons.count(reason);
            }
            return reason == null ? preferred : null;
        }
        if (preferred != null && why(preferred, task, before) == null) {
            return preferred;
        }
        @Nullable NodeUse best = null;
        for (NodeUse use : able) {
            Reason reason = busy(use, task, before);
            if (reason != null) {
                reasons.count(reason);
            } else if (best == null || ranking.better(use, best)) {
                best = use;
            }
        }
        if (best == null) {
            unable.values().forEach(reasons::count);
        }
        return best;
    }

    private @Nullable Reason why(NodeUse use, Task task, List<Task> before) {
        Reason reason = unable.get(use.node.id());
        return reason != null ? reason : busy(use, task, before);
    }

    /// Why a node that could run the task can't now; null: it can.
    private @Nullable Reason busy(NodeUse use, Task task, List<Task> before) {
        List<Task> here = before.stream().filter(other -> other.nodeId().equals(use.node.id())).toList();
        boolean[] room = {use.hasRoomFor(need)};
        if (!room[0] && !here.isEmpty()) {
            use.without(service, here.getFirst(), () -> room[0] = use.hasRoomFor(need));
        }
        if (!room[0]) {
            return Reason.RESOURCES;
        }
        if (!need.hostPorts().stream().allMatch(
                port -> planning.free("hostport/" + use.node.id() + "/" + port, task.id()))) {
            return Reason.HOST_PORT;
        }
        return need.maxReplicas() > 0 && use.tasksOf(service.id()) >= need.maxReplicas() ? Reason.MAXIMUM : null;
    }

    private void assign(Task task, NodeUse use) {
        String nodeId = use.node.id();
        List<Leg> given = new ArrayList<>();
        for (Leg leg : legs) {
            Network network = planning.state().networks().get(leg.networkId());
            String address = network == null ? null : addresses.take(network, nodeId);
            if (address == null) {
                pending(task, network == null
                        ? "network " + leg.networkId() + " not found"
                        : Addresses.exhausted(network));
                return;
            }
            given.add(new Leg(leg.networkId(), address, leg.aliases()));
        }
        TaskStatus status = TaskStatus.of(TaskState.ASSIGNED, planning.now().wall(),
                "scheduler assigned task to node");
        Task assigned = task.assigned(nodeId, given, need.hostPorts(), use.give(need), status, planning.now().wall());
        planning.put(assigned);
        use.add(service, assigned);
        ranking.count(use, 1);
    }

    private void pending(Task task, String reason) {
        if (!task.status().error().equals(reason)) {
            planning.put(task.withStatus(task.status().withError(reason), planning.now().wall()));
        }
    }

    /// Leaving tasks of the same slot, when the task waits for them to end before it starts.
    private List<Task> predecessors(Task task) {
        return task.desired() != TaskState.READY
                ? List.of()
                : planning.tasksOf(service.id()).stream()
                        .filter(other -> Tasks.leaving(other) && other.slotKey().equals(task.slotKey())).toList();
    }

    private Map<String, Integer> failures() {
        Map<String, Integer> failures = new HashMap<>();
        for (Task task : planning.tasksOf(service.id())) {
            if (Tasks.endedByItself(task) && Tasks.failed(task)
                    && planning.now().nanos() - planning.since(task) <= FAILURES_COUNT_FOR) {
                failures.merge(task.nodeId(), 1, Integer::sum);
            }
        }
        return failures;
    }
}
