package io.jorch.manager.plan.schedule;

import io.jorch.api.object.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which of two nodes is the better one for the next task of a service: one on which the service doesn't keep failing;
/// then the emptier branch of each spread preference in turn; then fewer tasks of the service; then less reserved;
/// then fewer tasks at all; then the lower id.
final class Ranking {
    private final String serviceId;
    private final List<String> spread;
    private final Map<String, Integer> failures;
    private final Map<String, Integer> branches = new HashMap<>();
    private final Map<String, List<String>> paths = new HashMap<>();

    /// So many failures on a node in the last 5 minutes, and it is taken only if there is no other.
    private static final int MANY_FAILURES = 5;

    /// @param failures node id → how often the service failed there lately
    Ranking(String serviceId, List<String> spread, Iterable<NodeUse> nodes, Map<String, Integer> failures) {
        this.serviceId = serviceId;
        this.spread = spread;
        this.failures = failures;
        for (NodeUse use : nodes) {
            count(use, use.tasksOf(serviceId));
        }
    }

    void count(NodeUse use, int tasks) {
        if (!spread.isEmpty() && tasks > 0) {
            path(use.node).forEach(branch -> branches.merge(branch, tasks, Integer::sum));
        }
    }

    boolean better(NodeUse one, NodeUse other) {
        int order = Boolean.compare(failing(one), failing(other));
        if (order == 0 && !spread.isEmpty()) {
            List<String> left = path(one.node);
            List<String> right = path(other.node);
            for (int level = 0; order == 0 && level < spread.size(); level++) {
                order = Integer.compare(branches.getOrDefault(left.get(level), 0),
                        branches.getOrDefault(right.get(level), 0));
            }
        }
        order = order != 0 ? order : Integer.compare(one.tasksOf(serviceId), other.tasksOf(serviceId));
        order = order != 0 ? order : Double.compare(one.reservedShare(), other.reservedShare());
        order = order != 0 ? order : Integer.compare(one.tasks(), other.tasks());
        return order != 0 ? order < 0 : one.node.id().compareTo(other.node.id()) < 0;
    }

    private boolean failing(NodeUse use) {
        return failures.getOrDefault(use.node.id(), 0) >= MANY_FAILURES;
    }

    /// The node's branch at each level, each named with those above it. A node without the label is on a branch too.
    private List<String> path(Node node) {
        return paths.computeIfAbsent(node.id(), _ -> {
            StringBuilder path = new StringBuilder();
            return spread.stream().map(key -> {
                String value = Constraint.valueOf(node, key);
                return path.append('/').append(value == null ? "" : value).toString();
            }).toList();
        });
    }
}
