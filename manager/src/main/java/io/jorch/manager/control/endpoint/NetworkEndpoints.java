package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.NetworkCreateRequest;
import io.jorch.api.docker.NetworkCreateResponse;
import io.jorch.api.docker.NetworkView;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.Network;
import io.jorch.api.spec.NetworkSpec;
import io.jorch.manager.command.Command;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Filters;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.http.Times;
import io.jorch.manager.control.seam.Parts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `/networks`: those of the cluster. A node has no networks of its own.
public final class NetworkEndpoints implements EndpointGroup {
    private final Parts parts;
    private final Swarm swarm;

    public NetworkEndpoints(Parts parts, Swarm swarm) {
        this.parts = parts;
        this.swarm = swarm;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/networks", this::list).query("filters");
        routes.post("/networks/create", this::create);
        routes.post("/networks/prune", this::prune).query("filters");
        routes.get("/networks/{id}", this::inspect).query("verbose", "scope");
        routes.delete("/networks/{id}", this::remove);
    }

    private Answer list(Request request) throws InterruptedException {
        Filters filters = request.query().filters("dangling", "driver", "id", "label", "name", "scope", "type")
                .oneOf("scope", "swarm", "global", "local").oneOf("type", "custom", "builtin");
        Snapshot snapshot = swarm.read();
        return Answer.json(snapshot.state().networks().all().stream()
                .filter(network -> matches(snapshot, network, filters)).map(network -> view(network, request)).toList());
    }

    /// The parts of ids and names are matched anywhere, as in Docker; `builtin` is the ingress network.
    private static boolean matches(Snapshot snapshot, Network network, Filters filters) {
        return filters.any("id", network.id()::contains) && filters.any("name", network.spec().name()::contains)
                && filters.any("driver", "overlay"::equals) && filters.any("scope", "swarm"::equals)
                && filters.any("type", type -> type.equals("builtin") == network.spec().ingress())
                && filters.labels("label", network.spec().labels())
                && (!filters.has("dangling")
                        || filters.flag("dangling", false) == NetworkUse.unused(snapshot, network));
    }

    private static NetworkView view(Network network, Request request) {
        return NetworkView.of(network, request.version().atLeast(1, 48));
    }

    private Answer inspect(Request request) throws InterruptedException {
        Snapshot snapshot = swarm.read();
        String scope = request.query().text("scope", "swarm");
        Network network = Lookup.network(snapshot.state(), request.path("id"));
        if (!scope.equals("swarm")) {
            throw JorchException.notFound("network", request.path("id"));
        }
        NetworkUse use = NetworkUse.of(snapshot, network, parts.node().membership().nodeId());
        return Answer.json(view(network, request).with(use.containers(), use.peers(),
                request.query().flag("verbose") ? use.services() : Map.of()));
    }

    private Answer create(Request request) throws InterruptedException {
        NetworkCreateRequest wish = request.json(NetworkCreateRequest.class);
        Command.CreateNetwork command = new Command.CreateNetwork(spec(wish));
        String id = swarm.submit(command, request).id();
        return Answer.json(201, new NetworkCreateResponse(id, ""));
    }

    private static NetworkSpec spec(NetworkCreateRequest wish) {
        if (!wish.driver().isEmpty() && !wish.driver().equals("overlay")) {
            throw JorchException.invalid("Driver", "'" + wish.driver() + "' is not offered: use overlay "
                    + "(docker network create --driver overlay)");
        }
        if (!wish.scope().isEmpty() && !wish.scope().equals("swarm")) {
            throw JorchException.invalid("Scope", "'" + wish.scope() + "' is not offered: leave it out or use swarm");
        }
        if (Boolean.TRUE.equals(wish.enableIpv6())) {
            throw JorchException.invalid("EnableIPv6", "this version of jorch has IPv4 networks only: leave it out");
        }
        if (Boolean.FALSE.equals(wish.enableIpv4())) {
            throw JorchException.invalid("EnableIPv4", "a network has IPv4 always: leave it out");
        }
        if (wish.configOnly() || wish.configFrom() != null && !wish.configFrom().network().isEmpty()) {
            throw JorchException.invalid(wish.configOnly() ? "ConfigOnly" : "ConfigFrom",
                    "jorch has no config-only networks: leave it out");
        }
        for (String option : wish.options().keySet()) {
            throw new JorchException(ErrorCode.INVALID, "Options." + option + ": is no option of jorch's networks: "
                    + "leave it out");
        }
        NetworkCreateRequest.IpamConfig addresses = addresses(wish.ipam());
        return new NetworkSpec(wish.name(), wish.labels(), "overlay", wish.internal(), wish.attachable(),
                wish.ingress(), Map.of(), addresses.subnet(), addresses.gateway(), addresses.ipRange());
    }

    private static NetworkCreateRequest.IpamConfig addresses(NetworkCreateRequest.@org.jspecify.annotations.Nullable Ipam ipam) {
        NetworkCreateRequest.IpamConfig none = new NetworkCreateRequest.IpamConfig("", "", "", Map.of());
        if (ipam == null) {
            return none;
        }
        if (!ipam.driver().isEmpty() && !ipam.driver().equals("default")) {
            throw JorchException.invalid("IPAM.Driver", "'" + ipam.driver() + "' is not offered: leave it out");
        }
        if (!ipam.options().isEmpty()) {
            throw JorchException.invalid("IPAM.Options", "are not offered: leave them out");
        }
        if (ipam.config().size() > 1) {
            throw JorchException.invalid("IPAM.Config", "has " + ipam.config().size()
                    + " entries: a network has one IPv4 subnet");
        }
        NetworkCreateRequest.IpamConfig given = ipam.config().isEmpty() ? none : ipam.config().getFirst();
        if (!given.auxiliaryAddresses().isEmpty()) {
            throw JorchException.invalid("IPAM.Config.AuxiliaryAddresses", "are not offered: leave them out");
        }
        if (!given.ipRange().isEmpty()) {
            throw JorchException.invalid("IPAM.Config.IPRange", "is not offered: addresses come from the whole subnet");
        }
        return given;
    }

    private Answer remove(Request request) throws InterruptedException {
        Network network = Lookup.network(swarm.read().state(), request.path("id"));
        swarm.submit(new Command.RemoveNetwork(network.id()), request);
        return Answer.empty(204);
    }

    private Answer prune(Request request) throws InterruptedException {
        Filters filters = request.query().filters("until", "label", "label!");
        Instant before = filters.has("until")
                ? Times.parse("filters.until", filters.values("until").getFirst(), parts.clock().instant())
                : Instant.MAX;
        Snapshot snapshot = swarm.read();
        List<String> deleted = new ArrayList<>();
        for (Network network : snapshot.state().networks().all()) {
            boolean meant = !network.spec().ingress() && NetworkUse.unused(snapshot, network)
                    && network.meta().createdAt().isBefore(before)
                    && filters.labels("label", network.spec().labels())
                    && filters.labelsAbsent("label!", network.spec().labels());
            if (meant && removed(network, request)) {
                deleted.add(network.spec().name());
            }
        }
        return Answer.json(Map.of("NetworksDeleted", deleted));
    }

    /// A network that came to be used meanwhile stays.
    private boolean removed(Network network, Request request) throws InterruptedException {
        try {
            swarm.submit(new Command.RemoveNetwork(network.id()), Request.of(request.version(), Map.of(),
                    request.query(), _ -> null, new byte[0]));
            return true;
        } catch (JorchException refused) {
            if (refused.code() == ErrorCode.CONFLICT || refused.code() == ErrorCode.NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }
}
