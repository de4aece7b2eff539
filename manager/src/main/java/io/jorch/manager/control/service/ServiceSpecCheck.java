package io.jorch.manager.control.service;

import io.jorch.api.error.JorchException;
import io.jorch.api.spec.LogDriver;
import io.jorch.api.spec.ResourceRequirements;
import io.jorch.api.spec.ServiceExtension;
import io.jorch.api.spec.ServiceMode;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.api.spec.TaskSpec;
import io.jorch.api.spec.UpdateConfig;
import io.jorch.api.spec.UpdateExtension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be told of a service's spec without the cluster's state, before a registry is asked for its image. Pure. The
/// first thing that is wrong is named by its path in the request. What placing, ports and rollouts need is checked by the
/// leader, over its state.
public final class ServiceSpecCheck {
    /// 4 MiB: less doesn't hold a process (swarmkit, `manager/controlapi/service.go`).
    private static final long LEAST_MEMORY = 4L << 20;
    /// A thousandth of a core, in nano-CPUs.
    private static final long LEAST_CPU = 1_000_000;

    private ServiceSpecCheck() {
    }

    /// @throws JorchException INVALID
    @SuppressWarnings("ConstantValue")
    public static void check(ServiceSpec spec) {
        @Nullable TaskSpec task = spec.taskTemplate();
        if (task == null || task.containerSpec() == null) {
            throw JorchException.invalid("TaskTemplate.ContainerSpec", "is missing: say what to run");
        }
        ContainerSpecCheck.check(task.containerSpec());
        resources(task.resources());
        LogDriver driver = task.logDriver();
        if (driver != null) {
            oneOf("TaskTemplate.LogDriver.Name", driver.name(), "", "json-file", "local");
        }
        rollout("UpdateConfig", spec.updateConfig());
        rollout("RollbackConfig", spec.rollbackConfig());
        job(spec);
        ServiceExtension extension = spec.jorch();
        if (extension != null) {
            oneOf("Jorch.AutoUpdate", extension.autoUpdate(), "", "off", "digest");
        }
    }

    private static void job(ServiceSpec spec) {
        boolean job = switch (spec.modeOrDefault()) {
            case ServiceMode.ReplicatedJob _, ServiceMode.GlobalJob _ -> true;
            case ServiceMode.Replicated _, ServiceMode.Global _ -> false;
        };
        if (job && spec.updateConfig() != null) {
            throw JorchException.invalid("UpdateConfig", "update config is not allowed for jobs, whose tasks end by "
                    + "themselves: leave it out");
        }
        if (job && spec.rollbackConfig() != null) {
            throw JorchException.invalid("RollbackConfig", "rollback config is not allowed for jobs, whose tasks end by "
                    + "themselves: leave it out");
        }
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

    private static void rollout(String field, @Nullable UpdateConfig config) {
        UpdateExtension extension = config == null ? null : config.jorch();
        if (extension == null) {
            return;
        }
        if (extension.progressDeadline() != null && extension.progressDeadline() <= 0) {
            throw JorchException.invalid(field + ".Jorch.ProgressDeadline", "is not positive: give nanoseconds");
        }
        if (extension.goodProbes() != null && extension.goodProbes() < 1) {
            throw JorchException.invalid(field + ".Jorch.GoodProbes", "is not positive: use 1 or more");
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
