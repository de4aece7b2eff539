package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.NodeFacts;
import io.jorch.api.docker.SwarmInfo;
import io.jorch.api.docker.SwarmView;
import io.jorch.api.docker.SystemInfo;
import io.jorch.api.docker.SystemVersion;
import io.jorch.api.image.ImageFilter;
import io.jorch.api.object.Cluster;
import io.jorch.api.object.Node;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.ApiVersion;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.seam.NodeInfo;
import io.jorch.manager.control.seam.Parts;
import io.jorch.raft.state.ClusterState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/// `/_ping`, `/version` and `/info`. They answer without asking a majority, so that they answer always.
public final class SystemEndpoints implements EndpointGroup {
    private final Parts parts;
    private final IntSupplier eventListeners;

    /// @param eventListeners how many clients follow events
    public SystemEndpoints(Parts parts, IntSupplier eventListeners) {
        this.parts = parts;
        this.eventListeners = eventListeners;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/_ping", _ -> ping("OK"));
        routes.head("/_ping", _ -> ping(""));
        routes.get("/version", this::version);
        routes.get("/info", this::info);
    }

    private Answer ping(String body) {
        NodeInfo.Membership membership = parts.node().membership();
        String role = switch (membership.state()) {
            case ACTIVE -> membership.manager() ? "active/manager" : "active/worker";
            case INACTIVE, PENDING, ERROR, LOCKED -> membership.state().name().toLowerCase(Locale.ROOT);
        };
        return Answer.text(200, body).with(Map.of("Swarm", role, "Builder-Version", "", "Cache-Control",
                "no-cache, no-store, must-revalidate", "Pragma", "no-cache"));
    }

    private Answer version(Request request) {
        return Answer.json(SystemVersion.of(parts.node().facts(), ApiVersion.NEWEST.toString(),
                ApiVersion.OLDEST.toString()));
    }

    private Answer info(Request request) {
        NodeFacts facts = parts.node().facts();
        NodeInfo.Membership membership = parts.node().membership();
        ClusterState state = parts.cluster().current();
        Cluster cluster = membership.manager() ? state.cluster() : null;
        List<Task> here = state.tasksOnNode(membership.nodeId()).stream()
                .filter(task -> !task.status().containerId().isEmpty()).toList();
        int running = (int) here.stream().filter(task -> task.status().state() == TaskState.RUNNING).count();
        return Answer.json(SystemInfo.of(facts, swarm(membership, cluster, state, facts), cluster,
                new SystemInfo.Counts(running, here.size() - running, parts.images().list(ImageFilter.ALL).size(),
                        eventListeners.getAsInt()),
                parts.clock().instant()));
    }

    private SwarmInfo swarm(NodeInfo.Membership membership, @org.jspecify.annotations.Nullable Cluster cluster,
            ClusterState state, NodeFacts facts) {
        String localState = membership.state().name().toLowerCase(Locale.ROOT);
        if (cluster == null) {
            return new SwarmInfo(membership.nodeId(), membership.address(), localState, false, membership.error(), null,
                    null, null, null);
        }
        List<Node> managers = state.nodes().all().stream().filter(Node::manager).toList();
        List<SwarmInfo.PeerNode> peers = managers.stream()
                .map(node -> new SwarmInfo.PeerNode(node.id(), managerAddress(node))).toList();
        return new SwarmInfo(membership.nodeId(), membership.address(), localState, true, membership.error(), peers,
                state.nodes().size(), managers.size(),
                SwarmView.withoutTokens(cluster, parts.node().tlsInfo(), facts.dataPathPort()));
    }

    private String managerAddress(Node node) {
        io.jorch.api.docker.NodeView.ManagerStatus status = parts.node().managers().get(node.id());
        return status == null ? node.address() : status.address();
    }
}
