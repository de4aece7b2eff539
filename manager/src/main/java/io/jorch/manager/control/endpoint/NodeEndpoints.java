package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.NodeView;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.spec.NodeSpec;
import io.jorch.manager.command.Command;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Filters;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.seam.Parts;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `/nodes`.
public final class NodeEndpoints implements EndpointGroup {
    private static final Pattern LABEL_KEY = Pattern.compile("[^\\s=]+");

    private final Parts parts;
    private final Swarm swarm;

    public NodeEndpoints(Parts parts, Swarm swarm) {
        this.parts = parts;
        this.swarm = swarm;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/nodes", this::list).query("filters");
        routes.get("/nodes/{id}", this::inspect);
        routes.delete("/nodes/{id}", this::remove).query("force");
        routes.post("/nodes/{id}/update", this::update).query("version");
    }

    private Answer list(Request request) throws InterruptedException {
        Filters filters = request.query().filters("id", "label", "membership", "name", "node.label", "role")
                .oneOf("membership", "accepted", "pending").oneOf("role", "manager", "worker");
        List<NodeView> nodes = swarm.read().state().nodes().all().stream().filter(node -> matches(node, filters))
                .map(this::view).toList();
        return Answer.json(nodes);
    }

    private static boolean matches(Node node, Filters filters) {
        NodeDescription description = node.description();
        Map<String, String> engineLabels = description == null ? Map.of() : description.engineLabels();
        return filters.any("id", node.id()::startsWith) && filters.any("name", Lookup.hostname(node)::startsWith)
                && filters.any("role", node.spec().role()::equals)
                // Every node in the state was accepted: jorch has no pending ones.
                && filters.any("membership", "accepted"::equals) && filters.labels("label", engineLabels)
                && filters.labels("node.label", node.spec().labels());
    }

    private NodeView view(Node node) {
        return NodeView.of(node, parts.node().managers().get(node.id()), parts.node().tlsInfo());
    }

    private Node find(Request request) throws InterruptedException {
        return Lookup.node(swarm.read().state(), request.path("id"), parts.node().membership().nodeId());
    }

    private Answer inspect(Request request) throws InterruptedException {
        return Answer.json(view(find(request)));
    }

    private Answer remove(Request request) throws InterruptedException {
        swarm.submit(new Command.RemoveNode(find(request).id(), request.query().flag("force")), request);
        return Answer.empty(200);
    }

    private Answer update(Request request) throws InterruptedException {
        NodeSpec spec = request.json(NodeSpec.class);
        long version = request.query().number("version");
        check(spec);
        swarm.submit(new Command.UpdateNode(find(request).id(), version, spec), request);
        return Answer.empty(200);
    }

    private static void check(NodeSpec spec) {
        if (!List.of("worker", "manager").contains(spec.role())) {
            throw JorchException.invalid("Role", "'" + spec.role() + "' is neither worker nor manager");
        }
        if (!List.of("active", "pause", "drain").contains(spec.availability())) {
            throw JorchException.invalid("Availability",
                    "'" + spec.availability() + "' is none of active, pause, drain");
        }
        for (String key : spec.labels().keySet()) {
            if (!LABEL_KEY.matcher(key).matches()) {
                throw JorchException.invalid("Labels", "key '" + key + "' is empty or holds a space or an equals sign");
            }
        }
    }
}
