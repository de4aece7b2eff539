package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.ContainerSummaryView;
import io.jorch.api.image.ImageFilter;
import io.jorch.api.image.ImageSummary;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.Node;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Filters;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.seam.Parts;
import io.jorch.raft.state.ClusterState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Docker's clients ask of a node beside its images: the containers that it runs for services, its disk, and whether
/// a login is good. Of what this version doesn't have, lists are empty.
public final class LocalEndpoints implements EndpointGroup {
    private final Parts parts;
    private final Swarm swarm;

    public LocalEndpoints(Parts parts, Swarm swarm) {
        this.parts = parts;
        this.swarm = swarm;
    }

    @Override
    public void register(Routes routes) {
        routes.post("/auth", this::login);
        routes.get("/containers/json", this::containers).query("all", "limit", "size", "filters");
        routes.get("/system/df", this::diskUse).query("type");
        routes.get("/volumes", _ -> Answer.json(Map.of("Volumes", List.of(), "Warnings",
                List.of("volumes of services are not listed by this version of jorch")))).query("filters");
        routes.get("/plugins", _ -> Answer.json(List.of())).query("filters");
        routes.get("/secrets", request -> none(request, "secrets")).query("filters");
        routes.get("/configs", request -> none(request, "configs")).query("filters");
    }

    private Answer none(Request request, String kind) throws InterruptedException {
        request.query().filters("id", "label", "name", "names");
        swarm.read();
        return Answer.json(List.of()).with(Map.of("X-Jorch-Note", "this version of jorch has no " + kind));
    }

    private Answer login(Request request) {
        String token = parts.login().check(request.json(RegistryCredential.class));
        return Answer.json(Map.of("Status", "Login Succeeded", "IdentityToken", token));
    }

    /// Read from the state here, which may be behind the leader's, as the node's own affairs are not the cluster's.
    private Answer containers(Request request) {
        Filters filters = request.query().filters("id", "name", "label", "status").oneOf("status", "created", "running",
                "exited");
        Long limit = request.query().numberOrNull("limit");
        boolean all = request.query().flag("all") || filters.has("status") || limit != null && limit > 0;
        List<ContainerSummaryView> found = new ArrayList<>();
        for (ContainerSummaryView container : here()) {
            if ((all || container.state().equals("running")) && filters.any("id", container.id()::startsWith)
                    && filters.any("status", container.state()::equals)
                    && filters.any("name", wanted -> container.names().getFirst().contains(wanted))
                    && filters.labels("label", container.labels())) {
                found.add(container);
            }
        }
        found.sort(Comparator.comparingLong(ContainerSummaryView::created).reversed());
        return Answer.json(limit == null || limit <= 0 ? found : found.subList(0, (int) Math.min(limit, found.size())));
    }

    private List<ContainerSummaryView> here() {
        ClusterState state = parts.cluster().current();
        Snapshot snapshot = new Snapshot(state, parts.cluster().fleeting());
        List<ContainerSummaryView> found = new ArrayList<>();
        String nodeId = parts.node().membership().nodeId();
        @Nullable Node node = state.nodes().get(nodeId);
        for (Task stored : nodeId.isEmpty() ? List.<Task>of() : state.tasksOnNode(nodeId)) {
            Task task = snapshot.newest(stored);
            Service service = state.services().get(task.serviceId());
            if (service != null && service.has(task.revision()) && !task.status().containerId().isEmpty()) {
                found.add(ContainerSummaryView.of(task, service, service.revision(task.revision()),
                        node == null ? "" : Lookup.hostname(node), id -> state.networks().get(id),
                        parts.clock().instant()));
            }
        }
        return found;
    }

    private Answer diskUse(Request request) {
        List<String> types = request.query().texts("type");
        Map<String, Object> answer = new LinkedHashMap<>();
        boolean all = types.isEmpty();
        if (all || types.contains("image")) {
            List<ImageSummary> images = parts.images().list(new ImageFilter(Map.of(), true));
            answer.put("LayersSize", images.stream().mapToLong(ImageSummary::size).sum());
            answer.put("Images", images);
        }
        if (all || types.contains("container")) {
            answer.put("Containers", here());
        }
        if (all || types.contains("volume")) {
            answer.put("Volumes", List.of());
        }
        if (all || types.contains("build-cache")) {
            answer.put("BuildCache", List.of());
        }
        return Answer.json(answer);
    }
}
