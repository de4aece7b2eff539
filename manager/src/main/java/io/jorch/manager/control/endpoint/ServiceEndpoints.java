package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.ServiceCreateResponse;
import io.jorch.api.docker.ServiceDefaults;
import io.jorch.api.docker.ServiceUpdateResponse;
import io.jorch.api.docker.ServiceView;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.Service;
import io.jorch.api.spec.ServiceMode;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.manager.command.Command;
import io.jorch.manager.command.CommandPort;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Filters;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.seam.Parts;
import io.jorch.manager.control.service.ImageResolution;
import io.jorch.manager.control.service.ServiceWishes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `/services`, but for their logs.
public final class ServiceEndpoints implements EndpointGroup {
    /// jorch's own: `changed` (default), `always` or `never`. Docker's client resolves by itself and has no word for it.
    public static final String RESOLVE_HEADER = "X-Jorch-Resolve-Image";
    static final String AUTH_HEADER = "X-Registry-Auth";

    private final Parts parts;
    private final Swarm swarm;
    private final ServiceWishes wishes;

    public ServiceEndpoints(Parts parts, Swarm swarm) {
        this.parts = parts;
        this.swarm = swarm;
        this.wishes = new ServiceWishes(parts.images());
    }

    @Override
    public void register(Routes routes) {
        routes.get("/services", this::list).query("filters", "status");
        routes.post("/services/create", this::create);
        routes.get("/services/{id}", this::inspect).query("insertDefaults");
        routes.delete("/services/{id}", this::remove);
        routes.post("/services/{id}/update", this::update).query("version", "registryAuthFrom", "rollback");
    }

    private Answer list(Request request) throws InterruptedException {
        Filters filters = request.query().filters("id", "label", "mode", "name", "runtime").oneOf("mode", "replicated",
                "global", "replicated-job", "global-job");
        Snapshot snapshot = swarm.read();
        boolean withStatus = request.query().flag("status");
        return Answer.json(snapshot.services().stream().filter(service -> matches(service, filters))
                .map(service -> snapshot.view(service, withStatus)).toList());
    }

    private static boolean matches(Service service, Filters filters) {
        return filters.any("id", service.id()::startsWith) && filters.any("name", service.name()::startsWith)
                && filters.any("mode", mode(service.spec().modeOrDefault())::equals)
                && filters.any("runtime", "container"::equals) && filters.labels("label", service.spec().labels());
    }

    private static String mode(ServiceMode mode) {
        return switch (mode) {
            case ServiceMode.Replicated _ -> "replicated";
            case ServiceMode.Global _ -> "global";
            case ServiceMode.ReplicatedJob _ -> "replicated-job";
            case ServiceMode.GlobalJob _ -> "global-job";
        };
    }

    private Answer inspect(Request request) throws InterruptedException {
        Snapshot snapshot = swarm.read();
        ServiceView view = snapshot.view(Lookup.service(snapshot.state(), request.path("id")), false);
        return Answer.json(request.query().flag("insertDefaults")
                ? view.withSpec(ServiceDefaults.fill(view.spec()))
                : view);
    }

    private Answer create(Request request) throws InterruptedException {
        swarm.read();
        RegistryCredential credential = RegistryCredential.fromHeader(request.header(AUTH_HEADER));
        ServiceWishes.Wish<Command.CreateService> wish = wishes.create(request.json(ServiceSpec.class),
                resolve(request), credential);
        CommandPort.Accepted accepted = swarm.submit(wish.command(), request);
        keep(accepted.id(), wish.command().spec(), credential);
        return Answer.json(201, new ServiceCreateResponse(accepted.id(), join(wish.warnings(), accepted.warnings())));
    }

    private Answer update(Request request) throws InterruptedException {
        long version = request.query().number("version");
        Service stored = Lookup.service(swarm.read().state(), request.path("id"));
        if (request.query().has("rollback")) {
            return rollback(request, stored, version);
        }
        registryAuthFrom(request);
        ServiceSpec sent = request.json(ServiceSpec.class);
        RegistryCredential credential = RegistryCredential.fromHeader(request.header(AUTH_HEADER));
        ServiceWishes.Wish<Command.UpdateService> wish = wishes.update(stored, version, sent, resolve(request),
                credential);
        CommandPort.Accepted accepted = swarm.submit(wish.command(), request);
        keep(stored.id(), wish.command().spec(), credential);
        return Answer.json(new ServiceUpdateResponse(join(wish.warnings(), accepted.warnings())));
    }

    private Answer rollback(Request request, Service stored, long version) throws InterruptedException {
        if (!request.query().text("rollback").equals("previous")) {
            throw JorchException.invalid("rollback", "'" + request.query().text("rollback") + "' is not 'previous'");
        }
        CommandPort.Accepted accepted = swarm.submit(wishes.rollback(stored, version, null), request);
        return Answer.json(new ServiceUpdateResponse(accepted.warnings()));
    }

    private Answer remove(Request request) throws InterruptedException {
        Service stored = Lookup.service(swarm.read().state(), request.path("id"));
        swarm.submit(new Command.RemoveService(stored.id()), request);
        return Answer.empty(200);
    }

    /// Both places mean the same here: a service's credential is one for all its revisions.
    private static void registryAuthFrom(Request request) {
        String from = request.query().text("registryAuthFrom", "spec");
        if (!from.equals("spec") && !from.equals("previous-spec")) {
            throw JorchException.invalid("registryAuthFrom", "'" + from + "' is neither spec nor previous-spec");
        }
    }

    private void keep(String serviceId, ServiceSpec spec, RegistryCredential credential) {
        if (!credential.anonymous()) {
            parts.credentials().keep(serviceId, spec.taskTemplate().containerSpec().image(), credential);
        }
    }

    private static ImageResolution.Wish resolve(Request request) {
        String wish = request.header(RESOLVE_HEADER).toLowerCase(Locale.ROOT);
        return switch (wish) {
            case "", "changed" -> ImageResolution.Wish.CHANGED;
            case "always" -> ImageResolution.Wish.ALWAYS;
            case "never" -> ImageResolution.Wish.NEVER;
            default -> throw JorchException.invalid(RESOLVE_HEADER, "'" + wish + "' is none of changed, always, never");
        };
    }

    static List<String> join(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
