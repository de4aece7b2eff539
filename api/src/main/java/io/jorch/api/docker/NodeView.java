package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.spec.GenericResource;
import io.jorch.api.spec.NodeSpec;
import io.jorch.api.spec.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Docker's `Node`.
///
/// @param managerStatus null: a worker
public record NodeView(@JsonProperty("ID") String id, ObjectVersion version, Instant createdAt, Instant updatedAt,
        NodeSpec spec, Description description, Status status, @Nullable ManagerStatus managerStatus) {

    /// @param hostname empty until the node has registered
    public record Description(@JsonInclude(JsonInclude.Include.ALWAYS) String hostname, Platform platform,
            Resources resources, Engine engine, @JsonProperty("TLSInfo") @Nullable TlsInfo tlsInfo) {
    }

    /// What the scheduler may hand out.
    public record Resources(@JsonProperty("NanoCPUs") long nanoCPUs, long memoryBytes,
            List<GenericResource> genericResources) {
        public Resources {
            genericResources = Absent.list(genericResources);
        }
    }

    public record Engine(String engineVersion, Map<String, String> labels, List<Plugin> plugins) {
        public Engine {
            engineVersion = Absent.text(engineVersion);
            labels = Absent.map(labels);
            plugins = Absent.list(plugins);
        }
    }

    public record Plugin(String type, String name) {
    }

    /// @param state `unknown`, `down`, `ready`, `disconnected`
    public record Status(String state, String message, @JsonProperty("Addr") String address) {
    }

    /// @param reachability `unknown`, `unreachable`, `reachable`
    /// @param address `host:port` that managers reach it at
    public record ManagerStatus(boolean leader, String reachability, @JsonProperty("Addr") String address) {
    }

    /// The plugins that Docker's clients look for; jorch has these built in and no others.
    private static final List<Plugin> BUILT_IN = List.of(new Plugin("Log", "json-file"),
            new Plugin("Network", "overlay"), new Plugin("Volume", "local"));

    /// @param manager how the node does as a manager, or null
    /// @param tlsInfo the cluster's authority, or null
    public static NodeView of(Node node, @Nullable ManagerStatus manager, @Nullable TlsInfo tlsInfo) {
        NodeDescription said = node.description();
        Description description = said == null
                ? new Description("", new Platform("", ""), new Resources(0, 0, List.of()),
                        new Engine("", Map.of(), List.of()), tlsInfo)
                : new Description(said.hostname(), said.platform(),
                        new Resources(said.nanoCPUs(), said.memoryBytes(), said.genericResources()),
                        new Engine(said.engineVersion(), said.engineLabels(), BUILT_IN), tlsInfo);
        return new NodeView(node.id(), ObjectVersion.of(node.meta()), node.meta().createdAt(),
                node.meta().updatedAt(), node.spec(), description,
                new Status(node.status().state().name().toLowerCase(Locale.ROOT), node.status().message(),
                        node.address()),
                node.manager() ? manager : null);
    }
}
