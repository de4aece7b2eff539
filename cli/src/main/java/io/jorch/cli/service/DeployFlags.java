package io.jorch.cli.service;

import static io.jorch.cli.service.Flag.flag;
import static io.jorch.cli.service.Flag.many;
import static io.jorch.cli.service.Flag.one;

import io.jorch.api.error.JorchException;
import io.jorch.cli.render.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Flags about how many tasks there are, where, with how much, and how they are rolled.
final class DeployFlags {
    private static final String TASK = "TaskTemplate.";
    private static final String HEALTH = TASK + "ContainerSpec.Healthcheck.";
    private static final Set<String> PROBE_KEYS = Set.of("type", "port", "path", "interval", "timeout", "retries",
            "start-period", "command");

    private DeployFlags() {
    }

    /// Flags with the same name in `create` and `update`.
    static List<Flag> common() {
        List<Flag> flags = new ArrayList<>(List.of(
                one("--replicas", "N", "Number of tasks", (spec, value) -> replicas(spec, "--replicas", value)),
                one("--replicas-max-per-node", "N", "Most tasks on one node, 0: any",
                        (spec, value) -> spec.set(TASK + "Placement.MaxReplicas", count("--replicas-max-per-node", value))),
                one("--limit-cpu", "N", "Most CPUs, e.g. 0.5",
                        (spec, value) -> spec.set(TASK + "Resources.Limits.NanoCPUs", Units.parseNanoCpus("--limit-cpu", value))),
                one("--limit-memory", "BYTES", "Most memory, e.g. 64m",
                        (spec, value) -> spec.set(TASK + "Resources.Limits.MemoryBytes", Units.parseBytes("--limit-memory", value))),
                one("--limit-pids", "N", "Most processes",
                        (spec, value) -> spec.set(TASK + "Resources.Limits.Pids", count("--limit-pids", value))),
                one("--reserve-cpu", "N", "CPUs set aside on the node",
                        (spec, value) -> spec.set(TASK + "Resources.Reservations.NanoCPUs", Units.parseNanoCpus("--reserve-cpu", value))),
                one("--reserve-memory", "BYTES", "Memory set aside on the node",
                        (spec, value) -> spec.set(TASK + "Resources.Reservations.MemoryBytes", Units.parseBytes("--reserve-memory", value))),
                one("--restart-condition", "WHEN", "Restart when: none, on-failure, any (default)",
                        (spec, value) -> spec.set(TASK + "RestartPolicy.Condition",
                                oneOf("--restart-condition", value, "none", "on-failure", "any"))),
                one("--restart-delay", "DURATION", "Delay between restarts (default 5s)",
                        (spec, value) -> spec.set(TASK + "RestartPolicy.Delay", Units.parseDuration("--restart-delay", value))),
                one("--restart-max-attempts", "N", "Most restarts, 0: any number",
                        (spec, value) -> spec.set(TASK + "RestartPolicy.MaxAttempts", count("--restart-max-attempts", value))),
                one("--restart-window", "DURATION", "Time in which restarts count",
                        (spec, value) -> spec.set(TASK + "RestartPolicy.Window", Units.parseDuration("--restart-window", value))),
                one("--health-cmd", "COMMAND", "Command that checks health",
                        (spec, value) -> spec.set(HEALTH + "Test", List.of("CMD-SHELL", value))),
                one("--health-interval", "DURATION", "Time between checks (default 30s)",
                        (spec, value) -> spec.set(HEALTH + "Interval", Units.parseDuration("--health-interval", value))),
                one("--health-timeout", "DURATION", "Longest a check may take (default 30s)",
                        (spec, value) -> spec.set(HEALTH + "Timeout", Units.parseDuration("--health-timeout", value))),
                one("--health-retries", "N", "Failures in a row that mean unhealthy (default 3)",
                        (spec, value) -> spec.set(HEALTH + "Retries", count("--health-retries", value))),
                one("--health-start-period", "DURATION", "Time in which failures don't count",
                        (spec, value) -> spec.set(HEALTH + "StartPeriod", Units.parseDuration("--health-start-period", value))),
                one("--health-start-interval", "DURATION", "Time between checks in the start period (default 5s)",
                        (spec, value) -> spec.set(HEALTH + "StartInterval", Units.parseDuration("--health-start-interval", value))),
                flag("--no-healthcheck", "No check, also not the image's",
                        (spec, value) -> spec.set(TASK + "ContainerSpec.Healthcheck", Map.of("Test", List.of("NONE")))),
                one("--liveness", "PROBE", "Probe that replaces a failing task: type=http|tcp|exec,port=,path=,interval=,…",
                        (spec, value) -> spec.set(TASK + "Jorch.Liveness", probe("--liveness", value))),
                one("--readiness", "PROBE", "Probe that takes a failing task out of the balancers",
                        (spec, value) -> spec.set(TASK + "Jorch.Readiness", probe("--readiness", value))),
                one("--drain-timeout", "DURATION", "How long open connections may last before a stop (default 10s)",
                        (spec, value) -> spec.set(TASK + "Jorch.DrainTimeout", Units.parseDuration("--drain-timeout", value))),
                one("--auto-update", "WHAT", "Follow the image's tag: digest, or off (default)",
                        (spec, value) -> spec.set("Jorch.AutoUpdate", oneOf("--auto-update", value, "digest", "off"))),
                one("--log-driver", "NAME", "Log driver", (spec, value) -> spec.set(TASK + "LogDriver.Name", value)),
                many("--log-opt", "KEY=VALUE", "Log driver option",
                        (spec, value) -> ContainerFlags.put(spec, "--log-opt", TASK + "LogDriver.Options", value))));
        flags.addAll(rollout("update", "UpdateConfig", Set.of("pause", "continue", "rollback")));
        flags.addAll(rollout("rollback", "RollbackConfig", Set.of("pause", "continue")));
        return flags;
    }

    private static List<Flag> rollout(String prefix, String config, Set<String> actions) {
        return List.of(
                one("--" + prefix + "-parallelism", "N|N%", "Tasks at a time, 0: all (default 1)",
                        (spec, value) -> parallelism(spec, "--" + prefix + "-parallelism", config, value)),
                one("--" + prefix + "-delay", "DURATION", "Delay between batches (default 0s)",
                        (spec, value) -> spec.set(config + ".Delay", Units.parseDuration("--" + prefix + "-delay", value))),
                one("--" + prefix + "-monitor", "DURATION", "How long a new task's failure counts (default 5s)",
                        (spec, value) -> spec.set(config + ".Monitor", Units.parseDuration("--" + prefix + "-monitor", value))),
                one("--" + prefix + "-failure-action", "ACTION", "On failure: " + String.join(", ", actions.stream().sorted().toList()),
                        (spec, value) -> spec.set(config + ".FailureAction",
                                oneOf("--" + prefix + "-failure-action", value, actions.toArray(new String[0])))),
                one("--" + prefix + "-max-failure-ratio", "RATIO", "Share of failures to tolerate (default 0)",
                        (spec, value) -> spec.set(config + ".MaxFailureRatio", ratio("--" + prefix + "-max-failure-ratio", value))),
                one("--" + prefix + "-order", "ORDER", "start-first, or stop-first (default)",
                        (spec, value) -> spec.set(config + ".Order", oneOf("--" + prefix + "-order", value, "start-first", "stop-first"))),
                one("--" + prefix + "-progress-deadline", "DURATION", "Time in which a batch must become healthy (default 10m)",
                        (spec, value) -> spec.set(config + ".Jorch.ProgressDeadline",
                                Units.parseDuration("--" + prefix + "-progress-deadline", value))));
    }

    static List<Flag> create() {
        return List.of(
                one("--name", "NAME", "Service name", (spec, value) -> spec.set("Name", value)),
                many("-l --label", "KEY=VALUE", "Service label",
                        (spec, value) -> ContainerFlags.put(spec, "--label", "Labels", value)),
                one("--mode", "MODE", "replicated (default), global, replicated-job, global-job", DeployFlags::mode),
                one("--max-concurrent", "N", "Job tasks at a time",
                        (spec, value) -> spec.set("Mode.ReplicatedJob.MaxConcurrent", count("--max-concurrent", value))),
                many("--constraint", "EXPRESSION", "Placement constraint, e.g. node.labels.zone==a",
                        (spec, value) -> spec.add(TASK + "Placement.Constraints", value)),
                many("--placement-pref", "PREFERENCE", "Placement preference: spread=node.labels.zone",
                        (spec, value) -> spec.add(TASK + "Placement.Preferences", preference("--placement-pref", value))),
                many("--generic-resource", "NAME=VALUE", "Generic resource to reserve",
                        (spec, value) -> spec.add(TASK + "Resources.Reservations.GenericResources", generic(value))));
    }

    static List<Flag> update() {
        return List.of(
                flag("--force", "Replace every task though nothing changed",
                        (spec, value) -> spec.set(TASK + "ForceUpdate", spec.get(TASK + "ForceUpdate").asLong() + 1)),
                many("--label-add", "KEY=VALUE", "Add or change a service label",
                        (spec, value) -> ContainerFlags.put(spec, "--label-add", "Labels", value)),
                many("--label-rm", "KEY", "Remove a service label", (spec, value) -> spec.removeKey("Labels", value)),
                many("--constraint-add", "EXPRESSION", "Add a placement constraint",
                        (spec, value) -> spec.add(TASK + "Placement.Constraints", value)),
                many("--constraint-rm", "EXPRESSION", "Remove a placement constraint",
                        (spec, value) -> spec.removeIf(TASK + "Placement.Constraints", old -> old.asText().equals(value))),
                many("--placement-pref-add", "PREFERENCE", "Add a placement preference",
                        (spec, value) -> spec.add(TASK + "Placement.Preferences", preference("--placement-pref-add", value))),
                many("--placement-pref-rm", "PREFERENCE", "Remove a placement preference",
                        (spec, value) -> spec.removeIf(TASK + "Placement.Preferences", old -> ("spread="
                                + old.path("Spread").path("SpreadDescriptor").asText()).equals(value))));
    }

    static void replicas(SpecEditor spec, String flag, String value) {
        long replicas = count(flag, value);
        if (spec.get("Mode.Global").isObject() || spec.get("Mode.GlobalJob").isObject()) {
            throw JorchException.invalid(flag, "a global service has one task on each node: replicas can't be set");
        }
        if (spec.get("Mode.ReplicatedJob").isObject()) {
            spec.set("Mode.ReplicatedJob.TotalCompletions", replicas);
        } else {
            spec.set("Mode.Replicated.Replicas", replicas);
        }
    }

    private static void mode(SpecEditor spec, String value) {
        String member = switch (value) {
            case "replicated" -> "Replicated";
            case "global" -> "Global";
            case "replicated-job" -> "ReplicatedJob";
            case "global-job" -> "GlobalJob";
            default -> throw JorchException.invalid("--mode",
                    "'" + value + "' is no mode: use replicated, global, replicated-job or global-job");
        };
        spec.set("Mode", Map.of(member, Map.of()));
    }

    private static void parallelism(SpecEditor spec, String flag, String config, String value) {
        if (value.endsWith("%")) {
            long percent = count(flag, value.substring(0, value.length() - 1));
            if (percent < 1 || percent > 100) {
                throw JorchException.invalid(flag, value + " is not between 1% and 100%");
            }
            spec.set(config + ".Jorch.ParallelismPercent", percent);
        } else {
            spec.set(config + ".Parallelism", count(flag, value));
        }
    }

    private static Map<String, Object> preference(String flag, String value) {
        if (!value.startsWith("spread=")) {
            throw JorchException.invalid(flag, "'" + value + "': use spread=node.labels.NAME");
        }
        return Map.of("Spread", Map.of("SpreadDescriptor", value.substring("spread=".length())));
    }

    private static Map<String, Object> generic(String value) {
        Map.Entry<String, String> pair = Pairs.keyValue("--generic-resource", value);
        return pair.getValue().matches("\\d+")
                ? Map.of("DiscreteResourceSpec", Map.of("Kind", pair.getKey(), "Value", Long.parseLong(pair.getValue())))
                : Map.of("NamedResourceSpec", Map.of("Kind", pair.getKey(), "Value", pair.getValue()));
    }

    private static Map<String, Object> probe(String flag, String value) {
        Map<String, String> pairs = Pairs.parse(flag, value, PROBE_KEYS);
        Map<String, Object> probe = new java.util.LinkedHashMap<>();
        probe.put("Type", oneOf(flag + " type", pairs.getOrDefault("type", "http"), "http", "tcp", "exec"));
        pairs.forEach((key, text) -> {
            switch (key) {
                case "port" -> probe.put("Port", count(flag + " port", text));
                case "path" -> probe.put("Path", text);
                case "interval" -> probe.put("Interval", Units.parseDuration(flag + " interval", text));
                case "timeout" -> probe.put("Timeout", Units.parseDuration(flag + " timeout", text));
                case "start-period" -> probe.put("StartPeriod", Units.parseDuration(flag + " start-period", text));
                case "retries" -> probe.put("Retries", count(flag + " retries", text));
                case "command" -> probe.put("Command", ContainerFlags.words(text));
                default -> probe.put("Type", text);
            }
        });
        return probe;
    }

    private static long count(String flag, String value) {
        long count = ContainerFlags.number(flag, value);
        if (count < 0) {
            throw JorchException.invalid(flag, "must not be negative");
        }
        return count;
    }

    private static double ratio(String flag, String value) {
        try {
            double ratio = Double.parseDouble(value);
            if (ratio >= 0 && ratio <= 1) {
                return ratio;
            }
        } catch (NumberFormatException notANumber) {
            throw JorchException.invalid(flag, "'" + value + "' is no number between 0 and 1");
        }
        throw JorchException.invalid(flag, "'" + value + "' is not between 0 and 1");
    }

    static String oneOf(String flag, String value, String... allowed) {
        if (!List.of(allowed).contains(value)) {
            throw JorchException.invalid(flag, "'" + value + "': use one of " + String.join(", ", allowed));
        }
        return value;
    }
}
