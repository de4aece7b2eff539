package io.jorch.manager.control.endpoint;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.manager.control.http.Routes;
import java.util.List;

/// The endpoints of Docker's API that jorch doesn't have: each says so and what to do instead, so that nobody takes them
/// for mistyped.
public final class AbsentEndpoints implements EndpointGroup {
    private static final String CONTAINERS = "jorch runs containers as tasks of services, not one by one: create a "
            + "service, or use its tasks and logs";
    private static final String BUILD = "jorch doesn't build images: build elsewhere and push to a registry, or load "
            + "an archive";
    private static final String PLUGINS = "jorch has no plugins";
    private static final String VOLUMES = "this version of jorch makes volumes with the tasks that mount them";
    private static final String SECRETS = "this version of jorch has no secrets";
    private static final String CONFIGS = "this version of jorch has no configs";

    private record Absent(String method, String path, String why) {
    }

    private static final List<Absent> TABLE = List.of(new Absent("POST", "/containers/create", CONTAINERS),
            new Absent("POST", "/containers/prune", CONTAINERS), new Absent("GET", "/containers/{id}/json", CONTAINERS),
            new Absent("GET", "/containers/{id}/top", CONTAINERS),
            new Absent("GET", "/containers/{id}/logs", CONTAINERS),
            new Absent("GET", "/containers/{id}/changes", CONTAINERS),
            new Absent("GET", "/containers/{id}/export", CONTAINERS),
            new Absent("GET", "/containers/{id}/stats", CONTAINERS),
            new Absent("GET", "/containers/{id}/attach/ws", CONTAINERS),
            new Absent("GET", "/containers/{id}/archive", CONTAINERS),
            new Absent("HEAD", "/containers/{id}/archive", CONTAINERS),
            new Absent("PUT", "/containers/{id}/archive", CONTAINERS),
            new Absent("DELETE", "/containers/{id}", CONTAINERS),
            new Absent("POST", "/containers/{id}/{action}", CONTAINERS), new Absent("POST", "/commit", CONTAINERS),
            new Absent("POST", "/exec/{id}/start", CONTAINERS), new Absent("POST", "/exec/{id}/resize", CONTAINERS),
            new Absent("GET", "/exec/{id}/json", CONTAINERS), new Absent("POST", "/build", BUILD),
            new Absent("POST", "/build/prune", BUILD), new Absent("POST", "/session", BUILD),
            new Absent("GET", "/images/search", "jorch doesn't search registries: use their own pages"),
            new Absent("POST", "/volumes/create", VOLUMES), new Absent("GET", "/volumes/{name}", VOLUMES),
            new Absent("PUT", "/volumes/{name}", VOLUMES), new Absent("DELETE", "/volumes/{name}", VOLUMES),
            new Absent("POST", "/volumes/prune", VOLUMES),
            new Absent("POST", "/networks/{id}/connect", "tasks join networks by their service: update the service"),
            new Absent("POST", "/networks/{id}/disconnect", "tasks join networks by their service: update the service"),
            new Absent("GET", "/plugins/privileges", PLUGINS), new Absent("POST", "/plugins/pull", PLUGINS),
            new Absent("POST", "/plugins/create", PLUGINS), new Absent("GET", "/plugins/{name...}/json", PLUGINS),
            new Absent("DELETE", "/plugins/{name...}", PLUGINS), new Absent("POST", "/plugins/{name...}", PLUGINS),
            new Absent("POST", "/secrets/create", SECRETS), new Absent("GET", "/secrets/{id}", SECRETS),
            new Absent("DELETE", "/secrets/{id}", SECRETS), new Absent("POST", "/secrets/{id}/update", SECRETS),
            new Absent("POST", "/configs/create", CONFIGS), new Absent("GET", "/configs/{id}", CONFIGS),
            new Absent("DELETE", "/configs/{id}", CONFIGS), new Absent("POST", "/configs/{id}/update", CONFIGS));

    @Override
    public void register(Routes routes) {
        for (Absent absent : TABLE) {
            // What such a request carries is of no interest, so it isn't read whole, and any query is let pass.
            routes.add(absent.method(), absent.path(), _ -> {
                throw new JorchException(ErrorCode.UNSUPPORTED, absent.why());
            }).streamed().anyQuery();
        }
    }
}
