package io.jorch.manager.control.service;

import io.jorch.api.error.JorchException;
import io.jorch.api.spec.EndpointSpec;
import io.jorch.api.spec.LogDriver;
import io.jorch.api.spec.Placement;
import io.jorch.api.spec.PortConfig;
import io.jorch.api.spec.ResourceRequirements;
import io.jorch.api.spec.RestartPolicy;
import io.jorch.api.spec.ServiceExtension;
import io.jorch.api.spec.ServiceMode;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.api.spec.TaskSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a service's spec makes sense by itself, whatever the cluster holds. Pure. The first thing that is wrong is
/// named by its path in the request; the rules are swarmkit's (`manager/controlapi/service.go`) where it has one.
public final class ServiceSpecCheck {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*");
    private static final int LONGEST_NAME = 63;
    private static final int LARGEST_PORT = 65_535;
    /// 4 MiB: less doesn't hold a process.
    private static final long LEAST_MEMORY = 4L << 20;
    /// A thousandth of a core, in nano-CPUs.
    private static final long LEAST_CPU = 1_000_000;
    private static final Pattern CONSTRAINT = Pattern.compile("\\s*(?:node\\.(?:id|hostname|role|ip|platform\\.os"
            + "|platform\\.arch|labels\\.[^\\s=!]+)|engine\\.labels\\.[^\\s=!]+)\\s*(?:==|!=)\\s*\\S(?:.*\\S)?\\s*");

    private ServiceSpecCheck() {
    }

    /// @throws JorchException INVALID
    @SuppressWarnings("ConstantValue")
    public static void check(ServiceSpec spec) {
        name("Name", spec.name());
        @Nullable TaskSpec task = spec.taskTemplate();
        if (task == null || task.containerSpec() == null) {
            throw JorchException.invalid("TaskTemplate.ContainerSpec", "is missing: say what to run");
        }
        if (!task.runtime().isEmpty() && !task.runtime().equals("container")) {
            throw JorchException.invalid("TaskTemplate.Runtime", "'" + task.runtime() + "' is not offered: use container");
        }
        ContainerSpecCheck.check(task.containerSpec());
        resources(task.resources());
        restart(task.restartPolicy());
        placement(task.placement());
        logDriver(task.logDriver());
        boolean job = mode(spec.modeOrDefault());
        RolloutCheck.check("UpdateConfig", spec.updateConfig(), true);
        RolloutCheck.check("RollbackConfig", spec.rollbackConfig(), false);
        if (job && (spec.updateConfig() != null || spec.rollbackConfig() != null)) {
            throw JorchException.invalid(spec.updateConfig() != null ? "UpdateConfig" : "RollbackConfig",
                    "means nothing in a job, whose tasks end by themselves: leave it out");
        }
        endpoint(spec.endpointSpec());
        extension(spec.jorch());
    }

    /// A name that is also one of the name service.
    public static void name(String field, String name) {
        if (name.length() > LONGEST_NAME) {
            throw JorchException.invalid(field, "name must be " + LONGEST_NAME + " characters or fewer");
        }
        if (!NAME.matcher(name).matches()) {
            throw JorchException.invalid(field, "name must be valid as a DNS name component: letters, digits, - and _, "
                    + "first and last a letter or digit");
        }
    }

    private static boolean mode(ServiceMode mode) {
        return switch (mode) {
            case ServiceMode.Replicated replicated -> {
                notNegative("Mode.Replicated.Replicas", replicated.replicas());
                yield false;
            }
            case ServiceMode.Global _ -> false;
            case ServiceMode.ReplicatedJob job -> {
                notNegative("Mode.ReplicatedJob.MaxConcurrent", job.maxConcurrent());
                notNegative("Mode.ReplicatedJob.TotalCompletions", job.totalCompletions());
                yield true;
            }
            case ServiceMode.GlobalJob _ -> true;
        };
    }

    private static void resources(@Nullable ResourceRequirements resources) {
        if (resources == null) {
            return;
        }
        if (resources.limits() != null) {
            amounts("Limits", resources.limits().nanoCPUs(), resources.limits().memoryBytes());
            notNegative("TaskTemplate.Resources.Limits.Pids", resources.limits().pids());
        }
        if (resources.reservations() != null) {
            amounts("Reservations", resources.reservations().nanoCPUs(), resources.reservations().memoryBytes());
        }
    }

    private static void amounts(String which, long nanoCpus, long memory) {
        if (nanoCpus != 0 && nanoCpus < LEAST_CPU) {
            throw JorchException.invalid("TaskTemplate.Resources." + which + ".NanoCPUs",
                    nanoCpus + " is too little: must be at least 0.001 CPUs (" + LEAST_CPU + ")");
        }
        if (memory != 0 && memory < LEAST_MEMORY) {
            throw JorchException.invalid("TaskTemplate.Resources." + which + ".MemoryBytes",
                    memory + " is too little: must be at least 4MiB (" + LEAST_MEMORY + ")");
        }
    }

    private static void restart(@Nullable RestartPolicy policy) {
        if (policy != null) {
            oneOf("TaskTemplate.RestartPolicy.Condition", policy.condition(), "", "none", "on-failure", "any");
            notNegative("TaskTemplate.RestartPolicy.Delay", policy.delay());
            notNegative("TaskTemplate.RestartPolicy.MaxAttempts", policy.maxAttempts());
            notNegative("TaskTemplate.RestartPolicy.Window", policy.window());
        }
    }

    private static void placement(@Nullable Placement placement) {
        if (placement == null) {
            return;
        }
        for (String constraint : placement.constraints()) {
            if (!CONSTRAINT.matcher(constraint).matches()) {
                throw JorchException.invalid("TaskTemplate.Placement.Constraints", "'" + constraint
                        + "' is none: write KEY==VALUE or KEY!=VALUE, KEY one of node.id, node.hostname, node.role, "
                        + "node.ip, node.platform.os, node.platform.arch, node.labels.X, engine.labels.X");
            }
        }
        for (Placement.Preference preference : placement.preferences()) {
            Placement.Spread spread = preference.spread();
            if (spread == null || !spread.spreadDescriptor().matches("(node|engine)\\.labels\\.\\S+")) {
                throw JorchException.invalid("TaskTemplate.Placement.Preferences",
                        "only spread over node.labels.X or engine.labels.X is known");
            }
        }
        notNegative("TaskTemplate.Placement.MaxReplicas", placement.maxReplicas());
    }

    private static void logDriver(@Nullable LogDriver driver) {
        if (driver != null) {
            oneOf("TaskTemplate.LogDriver.Name", driver.name(), "", "json-file", "local");
        }
    }

    private static void endpoint(@Nullable EndpointSpec endpoint) {
        if (endpoint == null) {
            return;
        }
        oneOf("EndpointSpec.Mode", endpoint.mode(), "", "vip", "dnsrr");
        Set<String> published = new HashSet<>();
        for (PortConfig port : endpoint.ports()) {
            port(port);
            if (endpoint.mode().equals("dnsrr") && !port.onHost()) {
                throw JorchException.invalid("EndpointSpec.Ports",
                        "port published with ingress mode can't be used with dnsrr mode");
            }
            String key = port.protocolOrDefault() + "/" + port.publishedPort() + "/" + port.onHost();
            if (port.publishedPort() != 0 && !published.add(key)) {
                throw JorchException.invalid("EndpointSpec.Ports", "duplicate published port " + port.publishedPort()
                        + "/" + port.protocolOrDefault());
            }
        }
    }

    private static void port(PortConfig port) {
        oneOf("EndpointSpec.Ports.Protocol", port.protocol(), "", "tcp", "udp");
        oneOf("EndpointSpec.Ports.PublishMode", port.publishMode(), "", "ingress", "host");
        if (port.targetPort() < 1 || port.targetPort() > LARGEST_PORT) {
            throw JorchException.invalid("EndpointSpec.Ports.TargetPort", port.targetPort() + " is not in 1–65535");
        }
        if (port.publishedPort() < 0 || port.publishedPort() > LARGEST_PORT) {
            throw JorchException.invalid("EndpointSpec.Ports.PublishedPort",
                    port.publishedPort() + " is not in 0–65535, where 0 means: choose one");
        }
    }

    private static void extension(@Nullable ServiceExtension extension) {
        if (extension != null) {
            oneOf("Jorch.AutoUpdate", extension.autoUpdate(), "", "off", "digest");
        }
    }

    static void notNegative(String field, @Nullable Long value) {
        if (value != null && value < 0) {
            throw JorchException.invalid(field, value + " is negative: use 0 or more");
        }
    }

    static void oneOf(String field, String value, String... allowed) {
        List<String> all = List.of(allowed);
        if (!all.contains(value)) {
            throw JorchException.invalid(field, "'" + value + "' is none of "
                    + String.join(", ", all.stream().filter(name -> !name.isEmpty()).toList()));
        }
    }
}
