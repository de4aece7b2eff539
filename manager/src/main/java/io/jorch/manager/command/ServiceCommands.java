package io.jorch.manager.command;

import io.jorch.api.error.JorchException;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Meta;
import io.jorch.api.object.Revision;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.api.spec.TaskExtension;
import io.jorch.api.spec.TaskSpec;
import io.jorch.manager.plan.IdSource;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.rollout.RevisionHistory;
import io.jorch.manager.plan.rollout.Revisions;
import io.jorch.raft.state.Change;
import io.jorch.raft.state.ClusterState;
import java.util.List;
import java.util.Map;

/// Services: made, changed, taken back, removed.
final class ServiceCommands {
    private ServiceCommands() {
    }

    static CommandChanges create(Command.CreateService command, ClusterState state, Now now, IdSource ids) {
        ServiceSpec spec = command.spec();
        ServiceValidation.check(spec, state, "");
        Revision first = new Revision(1, spec, command.image(), now.wall(), "user", false);
        Service service = new Service(ids.next(), Meta.created(now.wall()), spec, List.of(first), 1, null, Map.of(),
                RevisionHistory.ports(null, spec), null, false);
        return CommandChanges.put(service).warning(unresolved(command.image()));
    }

    static CommandChanges update(Command.UpdateService command, ClusterState state, Now now) {
        Service service = find(state, command.id());
        Names.checkVersion("service", service.name(), service.meta().version(), command.version());
        ServiceSpec spec = keepingExtensions(command.spec(), service.spec());
        if (!spec.name().equals(service.name())) {
            throw JorchException.invalid("Name", "a service can't be renamed from " + service.name() + " to "
                    + spec.name() + ": create another one");
        }
        if (!spec.modeOrDefault().getClass().equals(service.spec().modeOrDefault().getClass())) {
            throw JorchException.invalid("Mode", "service mode change is not allowed: " + service.name() + " is "
                    + service.spec().modeOrDefault().getClass().getSimpleName() + "; create another service");
        }
        ServiceValidation.check(spec, state, service.id());
        Revision target = service.targetRevision();
        boolean sameImage = spec.taskTemplate().containerSpec().image()
                .equals(target.spec().taskTemplate().containerSpec().image());
        ImagePin given = command.image();
        ImagePin image = given != null
                ? given
                : sameImage ? target.image() : new ImagePin(spec.taskTemplate().containerSpec().image(), "", List.of());
        if (spec.equals(service.spec()) && image.equals(target.image())) {
            return new CommandChanges(List.of(), service.id(), List.of());
        }
        Revision next = new Revision(target.number() + 1, spec, image, now.wall(), "user", false);
        Long previous = Revisions.differ(target, next) ? RevisionHistory.lastGood(state, service) : service.previous();
        return new CommandChanges(RevisionHistory.advance(state, service, spec, image, "user", previous,
                Rollout.State.UPDATING, "update in progress", now), service.id(), unresolved(image));
    }

    static CommandChanges rollback(Command.RollbackService command, ClusterState state, Now now) {
        Service service = find(state, command.id());
        Names.checkVersion("service", service.name(), service.meta().version(), command.version());
        Long wanted = command.revision() != null ? command.revision() : service.previous();
        if (wanted == null) {
            throw JorchException.invalid("Rollback", "service " + service.name()
                    + " does not have a previous spec: there is nothing to roll back to");
        }
        if (!service.has(wanted)) {
            throw JorchException.notFound("revision", wanted + " of service " + service.name());
        }
        Revision old = service.revision(wanted);
        ServiceValidation.check(old.spec(), state, service.id());
        return new CommandChanges(RevisionHistory.advance(state, service, old.spec(), old.image(), "rollback",
                RevisionHistory.goodBefore(service, wanted), Rollout.State.ROLLBACK_STARTED,
                "manually requested rollback", now), service.id(), List.of());
    }

    static CommandChanges remove(Command.RemoveService command, ClusterState state, Now now) {
        Service service = find(state, command.id());
        Rollout rollout = state.rollouts().get(service.id());
        Change removed = new Change.Put(service.removed(now.wall()));
        return new CommandChanges(rollout == null ? List.of(removed) : List.of(Change.Delete.of(rollout), removed),
                service.id(), List.of());
    }

    static Service find(ClusterState state, String id) {
        Service service = state.services().get(id);
        if (service == null || service.removing()) {
            throw JorchException.notFound("service", id);
        }
        return service;
    }

    /// Clients that don't know jorch's fields drop them: absent, the stored ones stay; `{}` clears them.
    private static ServiceSpec keepingExtensions(ServiceSpec spec, ServiceSpec stored) {
        ServiceSpec kept = spec.jorch() == null ? spec.withJorch(stored.jorch()) : spec;
        TaskSpec template = kept.taskTemplate();
        TaskExtension had = stored.taskTemplate().jorch();
        if (template != null && template.jorch() == null && had != null) {
            kept = kept.withTaskTemplate(template.withJorch(had));
        }
        return kept.keepingRolloutExtensions(stored);
    }

    private static List<String> unresolved(ImagePin image) {
        return image.digest().isEmpty()
                ? List.of("image " + image.reference() + " could not be resolved to a digest: nodes may run different "
                        + "bytes under that name")
                : List.of();
    }
}
