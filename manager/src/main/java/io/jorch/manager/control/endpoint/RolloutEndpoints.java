package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.RevisionView;
import io.jorch.api.docker.ServiceUpdateResponse;
import io.jorch.api.object.Service;
import io.jorch.manager.command.Command;
import io.jorch.manager.command.CommandPort;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.seam.Parts;
import io.jorch.manager.control.service.ServiceWishes;

/// jorch's own endpoints for rollouts: pause and resume by hand, the versions of a service, back to any of them.
public final class RolloutEndpoints implements EndpointGroup {
    private final Swarm swarm;
    private final ServiceWishes wishes;

    public RolloutEndpoints(Parts parts, Swarm swarm) {
        this.swarm = swarm;
        this.wishes = new ServiceWishes(parts.images());
    }

    @Override
    public void register(Routes routes) {
        routes.get("/jorch/services/{id}/revisions", this::revisions);
        routes.post("/jorch/services/{id}/rollback", this::rollback).query("revision", "version");
        routes.post("/jorch/services/{id}/rollout/pause", request -> pause(request, true));
        routes.post("/jorch/services/{id}/rollout/resume", request -> pause(request, false));
    }

    private Service find(Request request) throws InterruptedException {
        return Lookup.service(swarm.read().state(), request.path("id"));
    }

    private Answer revisions(Request request) throws InterruptedException {
        Service service = find(request);
        return Answer.json(service.revisions().reversed().stream().map(each -> RevisionView.of(service, each)).toList());
    }

    /// Without `version` the newest is meant, without `revision` the one before.
    private Answer rollback(Request request) throws InterruptedException {
        Service service = find(request);
        Long version = request.query().numberOrNull("version");
        CommandPort.Accepted accepted = swarm.submit(
                wishes.rollback(service, version == null ? service.meta().version() : version,
                        request.query().numberOrNull("revision")),
                request);
        return Answer.json(new ServiceUpdateResponse(accepted.warnings()));
    }

    private Answer pause(Request request, boolean paused) throws InterruptedException {
        CommandPort.Accepted accepted = swarm.submit(new Command.PauseRollout(find(request).id(), paused), request);
        return Answer.json(new ServiceUpdateResponse(accepted.warnings()));
    }
}
