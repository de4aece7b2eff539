package io.jorch.manager.plan.schedule;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Why no node took a task, in Swarm's words.
final class Reasons {
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);

    enum Reason {
        UNAVAILABLE("not available for new tasks"), RESOURCES("insufficient resources on"), CONSTRAINTS(
                "scheduling constraints not satisfied on"), PLATFORM("unsupported platform on"), HOST_PORT(
                        "host-mode port already in use on"), MAXIMUM("max replicas per node limit exceed"), ADDRESSES(
                                "no free address on");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        String on(int nodes) {
            String count = nodes == 1 ? "1 node" : nodes + " nodes";
            return switch (this) {
                case UNAVAILABLE -> count + " " + words;
                case MAXIMUM -> words;
                case RESOURCES, CONSTRAINTS, PLATFORM, HOST_PORT, ADDRESSES -> words + " " + count;
            };
        }
    }

    void count(Reason reason) {
        counts.merge(reason, 1, Integer::sum);
    }

    @Override
    public String toString() {
        if (counts.isEmpty()) {
            return "no suitable node";
        }
        return counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Reason, Integer> entry) -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .map(entry -> entry.getKey().on(entry.getValue()))
                .collect(Collectors.joining("; ", "no suitable node (", ")"));
    }
}
