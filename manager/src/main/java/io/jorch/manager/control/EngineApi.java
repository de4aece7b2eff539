package io.jorch.manager.control;

import io.jorch.manager.control.endpoint.AbsentEndpoints;
import io.jorch.manager.control.endpoint.EndpointGroup;
import io.jorch.manager.control.endpoint.EventEndpoints;
import io.jorch.manager.control.endpoint.ImageEndpoints;
import io.jorch.manager.control.endpoint.ImageTransferEndpoints;
import io.jorch.manager.control.endpoint.LocalEndpoints;
import io.jorch.manager.control.endpoint.LogEndpoints;
import io.jorch.manager.control.endpoint.NetworkEndpoints;
import io.jorch.manager.control.endpoint.NodeEndpoints;
import io.jorch.manager.control.endpoint.RolloutEndpoints;
import io.jorch.manager.control.endpoint.ServiceEndpoints;
import io.jorch.manager.control.endpoint.Swarm;
import io.jorch.manager.control.endpoint.SwarmEndpoints;
import io.jorch.manager.control.endpoint.SystemEndpoints;
import io.jorch.manager.control.endpoint.TaskEndpoints;
import io.jorch.manager.control.event.LocalEvents;
import io.jorch.manager.control.http.ControlServer;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.seam.Parts;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The whole API over its parts.
public final class EngineApi {
    private final Parts parts;

    public EngineApi(Parts parts) {
        this.parts = parts;
    }

    /// The table of all endpoints.
    public Routes routes() {
        Swarm swarm = new Swarm(parts);
        LocalEvents local = new LocalEvents(parts.clock());
        EventEndpoints events = new EventEndpoints(parts, local);
        List<EndpointGroup> groups = List.of(new SystemEndpoints(parts, events::listeners), new SwarmEndpoints(parts, swarm),
                new NodeEndpoints(parts, swarm), new ServiceEndpoints(parts, swarm),
                new RolloutEndpoints(parts, swarm), new TaskEndpoints(parts, swarm),
                new LogEndpoints(parts, swarm), new NetworkEndpoints(parts, swarm), events,
                new ImageTransferEndpoints(parts.images(), local), new ImageEndpoints(parts.images(), local),
                new LocalEndpoints(parts, swarm), new AbsentEndpoints());
        Routes routes = new Routes();
        groups.forEach(group -> group.register(routes));
        return routes;
    }

    /// Serves it on a unix socket until the server is closed.
    ///
    /// @param vertx usually [ControlServer#leanVertx]
    public ControlServer serve(Vertx vertx, Path socket) throws InterruptedException {
        return ControlServer.start(vertx, socket, routes(), Map.of("Docker-Experimental", "false", "Ostype", "linux",
                "Server", "Jorch/" + parts.node().facts().version() + " (linux)"));
    }
}
