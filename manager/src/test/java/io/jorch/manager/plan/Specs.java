package io.jorch.manager.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// Service specs from the short words of the scripts.
final class Specs {
    private Specs() {
    }

    static String json(String name, Map<String, String> words) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("Name", name);
        ObjectNode template = spec.putObject("TaskTemplate");
        ObjectNode container = template.putObject("ContainerSpec");
        container.put("Image", "a");
        words.forEach((word, value) -> {
            switch (word) {
                case "digest", "version" -> {
                }
                case "image" -> container.put("Image", value);
                case "env" -> container.putArray("Env").add(value);
                case "health" -> container.putObject("HealthCheck").putArray("Test").add("CMD-SHELL").add(value);
                case "volume" -> container.putArray("Mounts").addObject().put("Type", "volume").put("Source", value)
                        .put("Target", "/data");
                case "label" -> spec.putObject("Labels").put(value, "");
                case "replicas" -> spec.putObject("Mode").putObject("Replicated").put("Replicas",
                        Long.parseLong(value));
                case "mode" -> spec.putObject("Mode").putObject(value);
                case "completions" -> spec.withObject("/Mode").withObject("/ReplicatedJob").put("TotalCompletions",
                        Long.parseLong(value));
                case "concurrent" -> spec.withObject("/Mode").withObject("/ReplicatedJob").put("MaxConcurrent",
                        Long.parseLong(value));
                case "network" -> template.putArray("Networks").addObject().put("Target", value);
                case "publish" -> publish(spec, value, "ingress");
                case "host" -> publish(spec, value, "host");
                case "endpoint" -> spec.withObject("/EndpointSpec").put("Mode", value);
                case "constraint" -> template.withObject("/Placement").putArray("Constraints").add(value);
                case "spread" -> {
                    ArrayNode preferences = template.withObject("/Placement").putArray("Preferences");
                    for (String over : value.split(",")) {
                        preferences.addObject().putObject("Spread").put("SpreadDescriptor", over);
                    }
                }
                case "max" -> template.withObject("/Placement").put("MaxReplicas", Long.parseLong(value));
                case "platform" -> template.withObject("/Placement").putArray("Platforms").addObject()
                        .put("Architecture", value).put("OS", "linux");
                case "cpus" -> template.withObject("/Resources/Reservations").put("NanoCPUs",
                        Long.parseLong(value) * 1_000_000_000L);
                case "gpus" -> template.withObject("/Resources/Reservations").putArray("GenericResources").addObject()
                        .putObject("DiscreteResourceSpec").put("Kind", "gpu").put("Value", Long.parseLong(value));
                case "restart" -> template.withObject("/RestartPolicy").put("Condition", value);
                case "delay" -> template.withObject("/RestartPolicy").put("Delay", seconds(value));
                case "attempts" -> template.withObject("/RestartPolicy").put("MaxAttempts", Long.parseLong(value));
                case "window" -> template.withObject("/RestartPolicy").put("Window", seconds(value));
                case "force" -> template.put("ForceUpdate", Long.parseLong(value));
                case "drain" -> template.withObject("/Jorch").put("DrainTimeout", seconds(value));
                default -> rollout(spec, word, value);
            }
        });
        return spec.toString();
    }

    private static void publish(ObjectNode spec, String value, String mode) {
        ArrayNode ports = spec.withObject("/EndpointSpec").putArray("Ports");
        for (String one : value.split(",")) {
            String[] parts = one.split(":");
            ports.addObject().put("Protocol", "tcp").put("TargetPort", Integer.parseInt(parts[1]))
                    .put("PublishedPort", Integer.parseInt(parts[0])).put("PublishMode", mode);
        }
    }

    private static void rollout(ObjectNode spec, String word, String value) {
        ObjectNode config = spec.withObject(word.startsWith("rollback.") ? "/RollbackConfig" : "/UpdateConfig");
        switch (word.substring(word.indexOf('.') + 1)) {
            case "parallelism" -> config.put("Parallelism", Long.parseLong(value));
            case "percent" -> config.withObject("/Jorch").put("ParallelismPercent", Integer.parseInt(value));
            case "deadline" -> config.withObject("/Jorch").put("ProgressDeadline", seconds(value));
            case "delay" -> config.put("Delay", seconds(value));
            case "action" -> config.put("FailureAction", value);
            case "monitor" -> config.put("Monitor", seconds(value));
            case "ratio" -> config.put("MaxFailureRatio", Double.parseDouble(value));
            case "order" -> config.put("Order", value);
            default -> throw new IllegalArgumentException("unknown word " + word);
        }
    }

    private static long seconds(String text) {
        return Long.parseLong(text.replaceAll("s$", "")) * 1_000_000_000L;
    }
}
