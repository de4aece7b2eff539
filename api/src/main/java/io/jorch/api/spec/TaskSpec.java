package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How each task of a service is to be: Docker's `TaskSpec`.
///
/// @param forceUpdate a counter: a higher value replaces every task though nothing else changed
/// @param runtime empty or `container`
/// @param jorch what Docker's API has no word for; an update in which it is absent keeps the stored one
public record TaskSpec(ContainerSpec containerSpec, @Nullable ResourceRequirements resources,
        @Nullable RestartPolicy restartPolicy, @Nullable Placement placement, long forceUpdate, String runtime,
        List<NetworkAttachment> networks, @Nullable LogDriver logDriver, @Nullable TaskExtension jorch) {
    public TaskSpec {
        runtime = Absent.text(runtime);
        networks = Absent.list(networks);
    }

    public TaskSpec withContainerSpec(ContainerSpec container) {
        return new TaskSpec(container, resources, restartPolicy, placement, forceUpdate, runtime, networks, logDriver,
                jorch);
    }

    public TaskExtension extension() {
        return jorch == null ? TaskExtension.NONE : jorch;
    }

    public TaskSpec withJorch(@Nullable TaskExtension newExtension) {
        return new TaskSpec(containerSpec, resources, restartPolicy, placement, forceUpdate, runtime, networks,
                logDriver, newExtension);
    }
}
