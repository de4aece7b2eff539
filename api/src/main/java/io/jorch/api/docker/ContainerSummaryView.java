package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Network;
import io.jorch.api.object.Revision;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.PortConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Docker's `ContainerSummary`: a task's container, as `docker ps` shows it, with the labels that Swarm gives one.
///
/// @param imageId empty: a task knows its image by the digest in its name
/// @param created seconds since 1970
/// @param state `created`, `running`, `exited`
public record ContainerSummaryView(String id, List<String> names, String image,
        @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("ImageID") String imageId,
        @JsonInclude(JsonInclude.Include.ALWAYS) String command, long created,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Port> ports, Map<String, String> labels, String state,
        String status, HostConfig hostConfig, NetworkSettings networkSettings,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Map<String, String>> mounts) {

    /// Docker's `Port`.
    public record Port(int privatePort, int publicPort, String type) {
    }

    public record HostConfig(String networkMode) {
    }

    public record NetworkSettings(Map<String, Endpoint> networks) {
    }

    public record Endpoint(@JsonProperty("NetworkID") String networkId, @JsonProperty("IPAddress") String address,
            @JsonProperty("IPPrefixLen") int prefixLength, String gateway) {
    }

    /// @param task with a container
    /// @param network by its id, or null
    public static ContainerSummaryView of(Task task, Service service, Revision revision, String hostname,
            Function<String, @Nullable Network> network, Instant now) {
        ContainerSpec spec = revision.spec().taskTemplate().containerSpec();
        Map<String, String> labels = new TreeMap<>(spec.labels());
        labels.put("com.docker.swarm.node.id", task.nodeId());
        labels.put("com.docker.swarm.service.id", service.id());
        labels.put("com.docker.swarm.service.name", service.name());
        labels.put("com.docker.swarm.task", "");
        labels.put("com.docker.swarm.task.id", task.id());
        labels.put("com.docker.swarm.task.name", TaskView.name(task, service));
        Map<String, Endpoint> networks = new TreeMap<>();
        for (Leg leg : task.legs()) {
            Network joined = network.apply(leg.networkId());
            if (joined != null) {
                networks.put(joined.spec().name(), new Endpoint(joined.id(), leg.address(),
                        Integer.parseInt(joined.subnet().substring(joined.subnet().indexOf('/') + 1)),
                        joined.gateway()));
            }
        }
        List<String> command = new ArrayList<>(spec.command());
        command.addAll(spec.args());
        List<Port> ports = service.ports().stream().filter(PortConfig::onHost)
                .filter(port -> task.hostPorts().contains(port.protocolOrDefault() + "/" + port.publishedPort()))
                .map(port -> new Port(port.targetPort(), port.publishedPort(), port.protocolOrDefault())).toList();
        return new ContainerSummaryView(task.status().containerId(), List.of("/" + TaskView.name(task, service)),
                revision.image().pinned(), "", String.join(" ", command), task.meta().createdAt().getEpochSecond(),
                ports, labels, state(task), status(task, now), new HostConfig("default"),
                new NetworkSettings(networks), List.of());
    }

    private static String state(Task task) {
        TaskState state = task.status().state();
        return state.terminal() ? "exited" : state == TaskState.RUNNING ? "running" : "created";
    }

    private static String status(Task task, Instant now) {
        long seconds = Math.max(0, Duration.between(task.status().timestamp(), now).toSeconds());
        String time = seconds < 120
                ? seconds + " seconds"
                : seconds < 7_200 ? seconds / 60 + " minutes" : seconds / 3_600 + " hours";
        return switch (state(task)) {
            case "running" -> "Up " + time;
            case "exited" -> "Exited (" + (task.status().exitCode() == null ? 0 : task.status().exitCode()) + ") "
                    + time + " ago";
            default -> "Created";
        };
    }
}
