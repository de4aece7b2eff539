package io.jorch.cli.stack;

import io.jorch.cli.render.Units;
import io.jorch.cli.service.SpecEditor;
import java.util.Map;

/// What stands under a service's `deploy` (compose-spec, `deploy.md`).
final class ComposeDeploy {
    private static final String TASK = "TaskTemplate.";

    private final Entry deploy;
    private final SpecEditor spec;

    ComposeDeploy(Entry deploy, SpecEditor spec) {
        this.deploy = deploy;
        this.spec = spec;
    }

    void convert() {
        Map<String, Entry> members = deploy.map();
        mode(members);
        members.forEach((key, value) -> {
            switch (key) {
                case "mode", "replicas" -> value.text();
                case "labels" -> value.pairs().forEach((label, text) -> spec.put("Labels", label, text.orElse("")));
                case "endpoint_mode" -> spec.set("EndpointSpec.Mode", oneOf(value, "vip", "dnsrr"));
                case "resources" -> value.map().forEach(this::resources);
                case "restart_policy" -> value.map().forEach(this::restart);
                case "placement" -> value.map().forEach(this::placement);
                case "update_config" -> value.map().forEach((name, option) -> rollout("UpdateConfig", name, option));
                case "rollback_config" -> value.map().forEach((name, option) -> rollout("RollbackConfig", name, option));
                default -> throw unknown(value);
            }
        });
    }

    private static io.jorch.api.error.JorchException unknown(Entry value) {
        return value.wrong("is no key of deploy that jorch knows: remove it");
    }

    private static String oneOf(Entry value, String... allowed) {
        if (!java.util.List.of(allowed).contains(value.text())) {
            throw value.wrong("'" + value.text() + "': use one of " + String.join(", ", allowed));
        }
        return value.text();
    }

    private void mode(Map<String, Entry> members) {
        Entry mode = members.get("mode");
        Entry replicas = members.get("replicas");
        String name = mode == null ? "replicated"
                : oneOf(mode, "replicated", "global", "replicated-job", "global-job");
        if (replicas != null && name.startsWith("global")) {
            throw replicas.wrong("a global service has one task on each node: replicas can't be set");
        }
        long count = replicas == null ? 1 : replicas.number();
        if (count < 0 && replicas != null) {
            throw replicas.wrong("must not be negative");
        }
        spec.set("Mode", switch (name) {
            case "global" -> Map.of("Global", Map.of());
            case "global-job" -> Map.of("GlobalJob", Map.of());
            case "replicated-job" -> Map.of("ReplicatedJob", Map.of("TotalCompletions", count, "MaxConcurrent", count));
            default -> Map.of("Replicated", Map.of("Replicas", count));
        });
    }

    private void resources(String kind, Entry value) {
        String path = TASK + "Resources." + switch (kind) {
            case "limits" -> "Limits.";
            case "reservations" -> "Reservations.";
            default -> throw unknown(value);
        };
        value.map().forEach((key, amount) -> {
            switch (key) {
                case "cpus" -> spec.set(path + "NanoCPUs", Units.parseNanoCpus(amount.place(), amount.text()));
                case "memory" -> spec.set(path + "MemoryBytes", Units.parseBytes(amount.place(), amount.text()));
                case "pids" -> {
                    if (!kind.equals("limits")) {
                        throw unknown(amount);
                    }
                    spec.set(path + "Pids", amount.number());
                }
                default -> throw unknown(amount);
            }
        });
    }

    private void restart(String key, Entry value) {
        String path = TASK + "RestartPolicy.";
        switch (key) {
            case "condition" -> spec.set(path + "Condition", oneOf(value, "none", "on-failure", "any"));
            case "delay" -> spec.set(path + "Delay", Units.parseDuration(value.place(), value.text()));
            case "max_attempts" -> spec.set(path + "MaxAttempts", value.number());
            case "window" -> spec.set(path + "Window", Units.parseDuration(value.place(), value.text()));
            default -> throw unknown(value);
        }
    }

    private void placement(String key, Entry value) {
        String path = TASK + "Placement.";
        switch (key) {
            case "constraints" -> spec.set(path + "Constraints", value.texts());
            case "max_replicas_per_node" -> spec.set(path + "MaxReplicas", value.number());
            case "preferences" -> value.list().forEach(each -> each.map().forEach((name, preference) -> {
                if (!name.equals("spread")) {
                    throw unknown(preference);
                }
                spec.add(path + "Preferences", Map.of("Spread", Map.of("SpreadDescriptor", preference.text())));
            }));
            default -> throw unknown(value);
        }
    }

    private void rollout(String config, String key, Entry value) {
        switch (key) {
            case "parallelism" -> spec.set(config + ".Parallelism", value.number());
            case "delay" -> spec.set(config + ".Delay", Units.parseDuration(value.place(), value.text()));
            case "monitor" -> spec.set(config + ".Monitor", Units.parseDuration(value.place(), value.text()));
            case "failure_action" -> spec.set(config + ".FailureAction", config.startsWith("Update")
                    ? oneOf(value, "pause", "continue", "rollback")
                    : oneOf(value, "pause", "continue"));
            case "max_failure_ratio" -> spec.set(config + ".MaxFailureRatio", value.decimal());
            case "order" -> spec.set(config + ".Order", oneOf(value, "start-first", "stop-first"));
            default -> throw unknown(value);
        }
    }
}
