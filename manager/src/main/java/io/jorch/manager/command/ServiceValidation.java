package io.jorch.manager.command;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.Network;
import io.jorch.api.object.Service;
import io.jorch.api.spec.ConfigReference;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.NetworkAttachment;
import io.jorch.api.spec.Placement;
import io.jorch.api.spec.PortConfig;
import io.jorch.api.spec.ResourceRequirements;
import io.jorch.api.spec.RestartPolicy;
import io.jorch.api.spec.SecretReference;
import io.jorch.api.spec.ServiceMode;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.api.spec.TaskSpec;
import io.jorch.api.spec.UpdateConfig;
import io.jorch.manager.plan.allocate.Attachments;
import io.jorch.manager.plan.schedule.Constraint;
import io.jorch.raft.state.ClusterState;
import io.jorch.raft.state.Indexes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must be right in a service's spec before it is stored. Each refusal names the field as the request spells it.
final class ServiceValidation {
    private static final int LAST_PORT = 65_535;

    private ServiceValidation() {
    }

    /// @param id of the service that the spec is for; empty: a new one
    static void check(ServiceSpec spec, ClusterState state, String id) {
        Names.check(spec.name(), "Name");
        Service namesake = state.serviceNamed(spec.name());
        if (namesake != null && !namesake.id().equals(id)) {
            throw JorchException.conflict("name conflicts with an existing object: service " + spec.name()
                    + " already exists");
        }
        mode(spec.modeOrDefault());
        template(spec.taskTemplate());
        rollout(spec.updateConfig(), "UpdateConfig", List.of("", "pause", "continue", "rollback"));
        rollout(spec.rollbackConfig(), "RollbackConfig", List.of("", "pause", "continue"));
        networks(spec, state);
        ports(spec, state, id);
        files(spec.taskTemplate().containerSpec());
    }

    private static void mode(ServiceMode mode) {
        switch (mode) {
            case ServiceMode.Replicated it -> notNegative(it.replicas(), "Mode.Replicated.Replicas");
            case ServiceMode.ReplicatedJob it -> {
                notNegative(it.maxConcurrent(), "Mode.ReplicatedJob.MaxConcurrent");
                notNegative(it.totalCompletions(), "Mode.ReplicatedJob.TotalCompletions");
            }
            case ServiceMode.Global _, ServiceMode.GlobalJob _ -> {
            }
        }
    }

    private static void template(TaskSpec template) {
        if (template.containerSpec() == null || template.containerSpec().image().isEmpty()) {
            throw JorchException.invalid("TaskTemplate.ContainerSpec.Image", "is empty: name an image");
        }
        if (!template.runtime().isEmpty() && !template.runtime().equals("container")) {
            throw JorchException.invalid("TaskTemplate.Runtime",
                    "\"" + template.runtime() + "\" is not supported: use container");
        }
        ResourceRequirements resources = template.resources();
        ResourceRequirements.Limits limits = resources == null ? null : resources.limits();
        ResourceRequirements.Reservations reserved = resources == null ? null : resources.reservations();
        if (limits != null && reserved != null) {
            atMost(reserved.nanoCPUs(), limits.nanoCPUs(), "TaskTemplate.Resources.Reservations.NanoCPUs");
            atMost(reserved.memoryBytes(), limits.memoryBytes(), "TaskTemplate.Resources.Reservations.MemoryBytes");
        }
        RestartPolicy restart = template.restartPolicy();
        if (restart != null) {
            oneOf(restart.condition(), List.of("", "none", "on-failure", "any"), "TaskTemplate.RestartPolicy.Condition");
            notNegative(restart.delay(), "TaskTemplate.RestartPolicy.Delay");
            notNegative(restart.maxAttempts(), "TaskTemplate.RestartPolicy.MaxAttempts");
            notNegative(restart.window(), "TaskTemplate.RestartPolicy.Window");
        }
        Placement placement = template.placement();
        if (placement != null) {
            placement.constraints().forEach(text -> Constraint.parse(text, "TaskTemplate.Placement.Constraints"));
            notNegative(placement.maxReplicas(), "TaskTemplate.Placement.MaxReplicas");
            for (Placement.Preference preference : placement.preferences()) {
                Placement.Spread spread = preference.spread();
                if (spread == null || !spread.spreadDescriptor().matches("(node|engine)\\.labels\\..+")) {
                    throw JorchException.invalid("TaskTemplate.Placement.Preferences",
                            "only Spread over node.labels.NAME or engine.labels.NAME is known");
                }
            }
        }
    }

    private static void atMost(long reserved, long limit, String field) {
        if (limit > 0 && reserved > limit) {
            throw JorchException.invalid(field, reserved + " is over the limit of " + limit + ": lower it");
        }
    }

    private static void rollout(@Nullable UpdateConfig config, String field, List<String> actions) {
        if (config == null) {
            return;
        }
        oneOf(config.failureAction(), actions, field + ".FailureAction");
        oneOf(config.order(), List.of("", "stop-first", "start-first"), field + ".Order");
        notNegative(config.parallelism(), field + ".Parallelism");
        notNegative(config.delay(), field + ".Delay");
        notNegative(config.monitor(), field + ".Monitor");
        if (!(config.maxFailureRatio() >= 0 && config.maxFailureRatio() <= 1)) {
            throw JorchException.invalid(field + ".MaxFailureRatio",
                    config.maxFailureRatio() + " is out of range: use 0 to 1");
        }
        Integer percent = config.extension().parallelismPercent();
        if (percent != null && (percent < 1 || percent > 100)) {
            throw JorchException.invalid(field + ".Jorch.ParallelismPercent",
                    percent + " is out of range: use 1 to 100");
        }
    }

    private static void networks(ServiceSpec spec, ClusterState state) {
        for (NetworkAttachment attachment : spec.attachments()) {
            Network network = Attachments.resolve(state, attachment.target());
            if (network == null) {
                throw new JorchException(ErrorCode.NOT_FOUND, "network " + attachment.target()
                        + " not found: create it first, or correct TaskTemplate.Networks");
            }
            if (network.spec().ingress()) {
                throw JorchException.invalid("TaskTemplate.Networks", "services can't be attached to the network \""
                        + network.spec().name() + "\": publish a port instead");
            }
        }
    }

    private static void ports(ServiceSpec spec, ClusterState state, String id) {
        Set<String> seen = new HashSet<>();
        for (PortConfig port : Attachments.ports(spec)) {
            oneOf(port.protocol(), List.of("", "tcp", "udp"), "EndpointSpec.Ports.Protocol");
            oneOf(port.publishMode(), List.of("", "ingress", "host"), "EndpointSpec.Ports.PublishMode");
            if (port.targetPort() < 1 || port.targetPort() > LAST_PORT) {
                throw JorchException.invalid("EndpointSpec.Ports.TargetPort",
                        port.targetPort() + " is no port: use 1 to " + LAST_PORT);
            }
            if (port.publishedPort() < 0 || port.publishedPort() > LAST_PORT) {
                throw JorchException.invalid("EndpointSpec.Ports.PublishedPort",
                        port.publishedPort() + " is no port: use 1 to " + LAST_PORT + ", or 0 to have one chosen");
            }
            String name = port.publishedPort() + "/" + port.protocolOrDefault();
            if (port.publishedPort() != 0 && !seen.add(name)) {
                throw JorchException.invalid("EndpointSpec.Ports", "port " + name + " is published twice");
            }
            if (port.publishedPort() != 0 && !port.onHost()) {
                unclaimed(port, name, state, id);
            }
        }
        if (!Attachments.virtual(spec) && Attachments.publishes(spec)) {
            throw JorchException.invalid("EndpointSpec.Mode",
                    "dnsrr can't be combined with ports published in ingress mode: publish them in host mode");
        }
    }

    private static void unclaimed(PortConfig port, String name, ClusterState state, String id) {
        String holder = state.holderOf(Indexes.portClaim(port.protocolOrDefault(), port.publishedPort()));
        Service other = holder == null ? null : state.services().get(holder);
        if (other != null && !other.id().equals(id)) {
            throw JorchException.conflict("port " + name + " is already in use by service " + other.name() + " ("
                    + other.id() + ") as an ingress port: choose another one");
        }
    }

    /// The state keeps no secrets and configs that a task could be given: each reference is to one that isn't there.
    private static void files(ContainerSpec container) {
        for (SecretReference secret : container.secrets()) {
            throw JorchException.notFound("secret", secret.secretName().isEmpty()
                    ? secret.secretId()
                    : secret.secretName());
        }
        for (ConfigReference config : container.configs()) {
            throw JorchException.notFound("config", config.configName().isEmpty()
                    ? config.configId()
                    : config.configName());
        }
    }

    private static void notNegative(@Nullable Long value, String field) {
        if (value != null && value < 0) {
            throw JorchException.invalid(field, value + " is negative: use 0 or more");
        }
    }

    private static void oneOf(String value, List<String> allowed, String field) {
        if (!allowed.contains(value)) {
            throw JorchException.invalid(field, "\"" + value + "\" is not known: use one of "
                    + String.join(", ", allowed.stream().filter(one -> !one.isEmpty()).toList()));
        }
    }
}
