package io.jorch.manager.plan.schedule;

import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.spec.GenericResource;
import io.jorch.api.spec.ResourceRequirements;
import io.jorch.manager.plan.Tasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What of a node is in use, counted while placing.
final class NodeUse {
    final Node node;
    private final Map<String, Integer> tasksByService = new HashMap<>();
    private final Map<String, List<String>> genericTaken = new TreeMap<>();
    private int tasks;
    private long nanoCPUs;
    private long memoryBytes;

    NodeUse(Node node) {
        this.node = node;
    }

    /// Counts a task that has not ended. A leaving one still uses what it reserved.
    void add(Service service, Task task) {
        change(service, task, 1);
    }

    /// Leaves a task out of account, for the one that starts only when it has ended.
    void without(Service service, Task task, Runnable meanwhile) {
        change(service, task, -1);
        meanwhile.run();
        change(service, task, 1);
    }

    private void change(Service service, Task task, int sign) {
        tasks += sign;
        if (Tasks.wanted(task)) {
            tasksByService.merge(service.id(), sign, Integer::sum);
        }
        if (service.has(task.revision())) {
            ResourceRequirements resources = service.revision(task.revision()).spec().taskTemplate().resources();
            ResourceRequirements.Reservations reserved = resources == null ? null : resources.reservations();
            if (reserved != null) {
                nanoCPUs += sign * reserved.nanoCPUs();
                memoryBytes += sign * reserved.memoryBytes();
            }
        }
        task.generic().forEach((kind, given) -> {
            List<String> taken = genericTaken.computeIfAbsent(kind, _ -> new ArrayList<>());
            for (String one : given) {
                if (sign > 0) {
                    taken.add(one);
                } else {
                    taken.remove(one);
                }
            }
        });
    }

    int tasks() {
        return tasks;
    }

    int tasksOf(String serviceId) {
        return tasksByService.getOrDefault(serviceId, 0);
    }

    boolean hasRoomFor(Need need) {
        NodeDescription description = node.description();
        if (description == null) {
            return need.nanoCPUs() == 0 && need.memoryBytes() == 0 && need.generic().isEmpty();
        }
        return (need.nanoCPUs() == 0 || nanoCPUs + need.nanoCPUs() <= description.nanoCPUs())
                && (need.memoryBytes() == 0 || memoryBytes + need.memoryBytes() <= description.memoryBytes())
                && need.generic().entrySet().stream().allMatch(entry -> freeOf(entry.getKey()) >= entry.getValue());
    }

    /// The share of the node that is reserved, 0 to 1: the greater of processor and memory.
    double reservedShare() {
        NodeDescription description = node.description();
        if (description == null) {
            return 0;
        }
        double cpu = description.nanoCPUs() == 0 ? 0 : (double) nanoCPUs / description.nanoCPUs();
        double memory = description.memoryBytes() == 0 ? 0 : (double) memoryBytes / description.memoryBytes();
        return Math.max(cpu, memory);
    }

    /// Chooses what is given of each kind: names in their order, or the count.
    Map<String, List<String>> give(Need need) {
        Map<String, List<String>> given = new TreeMap<>();
        need.generic().forEach((kind, count) -> {
            TreeSet<String> names = names(kind);
            genericTaken.getOrDefault(kind, List.of()).forEach(names::remove);
            given.put(kind, names.isEmpty()
                    ? List.of(Long.toString(count))
                    : names.stream().limit(count).toList());
        });
        return given;
    }

    private long freeOf(String kind) {
        NodeDescription description = node.description();
        TreeSet<String> names = names(kind);
        List<String> taken = genericTaken.getOrDefault(kind, List.of());
        if (!names.isEmpty()) {
            taken.forEach(names::remove);
            return names.size();
        }
        long has = description == null ? 0 : Need.counts(description.genericResources()).getOrDefault(kind, 0L);
        return has - taken.stream().mapToLong(Long::parseLong).sum();
    }

    private TreeSet<String> names(String kind) {
        TreeSet<String> names = new TreeSet<>();
        NodeDescription description = node.description();
        if (description != null) {
            for (GenericResource resource : description.genericResources()) {
                GenericResource.Named named = resource.namedResourceSpec();
                if (named != null && named.kind().equals(kind)) {
                    names.add(named.value());
                }
            }
        }
        return names;
    }
}
