package io.jorch.api.docker;

import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.EndpointSpec;
import io.jorch.api.spec.RestartPolicy;
import io.jorch.api.spec.ServiceMode;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.api.spec.TaskSpec;
import io.jorch.api.spec.UpdateConfig;
import org.jspecify.annotations.Nullable;

/// What `insertDefaults=true` shows in place of what the user left out: the values that jorch goes by.
public final class ServiceDefaults {
    private ServiceDefaults() {
    }

    public static ServiceSpec fill(ServiceSpec spec) {
        TaskSpec task = spec.taskTemplate();
        RestartPolicy restart = task.restartPolicy();
        TaskSpec filled = new TaskSpec(container(task.containerSpec()), task.resources(),
                restart == null ? fill(RestartPolicy.DEFAULT) : fill(restart), task.placement(), task.forceUpdate(),
                task.runtime().isEmpty() ? "container" : task.runtime(), task.networks(), task.logDriver(),
                task.jorch());
        EndpointSpec endpoint = spec.endpointSpec();
        return new ServiceSpec(spec.name(), spec.labels(), filled, spec.mode(), fill(spec.updateConfig()),
                fill(spec.rollbackConfig()), spec.networks(),
                endpoint == null
                        ? EndpointSpec.NONE
                        : new EndpointSpec(endpoint.mode().isEmpty() ? "vip" : endpoint.mode(), endpoint.ports()),
                spec.jorch());
    }

    private static UpdateConfig fill(@Nullable UpdateConfig config) {
        UpdateConfig given = config == null ? UpdateConfig.DEFAULT : config;
        return new UpdateConfig(given.parallelism() == null ? Long.valueOf(1) : given.parallelism(), given.delay(),
                given.failureAction().isEmpty() ? "pause" : given.failureAction(), given.monitorOrDefault(),
                given.maxFailureRatio(), given.order().isEmpty() ? "stop-first" : given.order(), given.jorch());
    }

    private static RestartPolicy fill(RestartPolicy policy) {
        return new RestartPolicy(policy.condition().isEmpty() ? "any" : policy.condition(), policy.delayOrDefault(),
                policy.maxAttempts() == null ? Long.valueOf(0) : policy.maxAttempts(), policy.window());
    }

    private static ContainerSpec container(ContainerSpec given) {
        return new ContainerSpec(given.image(), given.labels(), given.command(), given.args(), given.hostname(),
                given.env(), given.dir(), given.user(), given.groups(), given.privileges(), given.init(),
                given.stopSignal(), given.tty(), given.openStdin(), given.readOnly(), given.mounts(),
                given.stopGracePeriodOrDefault(), given.healthcheck(), given.hosts(), given.dnsConfig(),
                given.secrets(), given.configs(), given.isolation().isEmpty() ? "default" : given.isolation(),
                given.sysctls(), given.capabilityAdd(), given.capabilityDrop(), given.ulimits(), given.oomScoreAdj());
    }

    /// A job's two numbers stand in for each other: `totalCompletions` for a missing `maxConcurrent` is 1, and
    /// `maxConcurrent` for a missing `totalCompletions` (Docker's `ReplicatedJob`).
    static ServiceMode.ReplicatedJob filled(ServiceMode.ReplicatedJob job) {
        Long atOnce = job.maxConcurrent() == null ? Long.valueOf(1) : job.maxConcurrent();
        return new ServiceMode.ReplicatedJob(atOnce,
                job.totalCompletions() == null ? atOnce : job.totalCompletions());
    }
}
