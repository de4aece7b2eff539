package io.jorch.manager.control.service;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageService;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Service;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.manager.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Makes commands of what clients send for a service.
public final class ServiceWishes {
    private final ImageResolution resolution;

    public ServiceWishes(ImageService images) {
        this.resolution = new ImageResolution(images);
    }

    /// A command with what the user is to be told about it.
    public record Wish<T extends Command>(T command, List<String> warnings) {
    }

    public Wish<Command.CreateService> create(ServiceSpec sent, ImageResolution.Wish resolve,
            RegistryCredential credential) {
        ServiceSpec spec = sent.name().isEmpty() ? named(sent, GivenName.next(ThreadLocalRandom.current())) : sent;
        ServiceSpecCheck.check(spec);
        List<String> warnings = new ArrayList<>();
        ImagePin image = resolution.resolve(spec, resolve, credential, warnings);
        return new Wish<>(new Command.CreateService(spec, image), warnings);
    }

    /// @param version of the service that the client read
    /// @throws JorchException CONFLICT when it is not the newest
    public Wish<Command.UpdateService> update(Service stored, long version, ServiceSpec sent,
            ImageResolution.Wish resolve, RegistryCredential credential) {
        requireNewest(stored, version);
        ServiceSpecCheck.check(sent);
        boolean sameName = sent.taskTemplate().containerSpec().image()
                .equals(stored.spec().taskTemplate().containerSpec().image());
        List<String> warnings = new ArrayList<>();
        @Nullable ImagePin image = sameName && resolve != ImageResolution.Wish.ALWAYS
                ? null
                : resolution.resolve(sent, resolve, credential, warnings);
        return new Wish<>(new Command.UpdateService(stored.id(), version, sent, image), warnings);
    }

    public Command.RollbackService rollback(Service stored, long version, @Nullable Long revision) {
        requireNewest(stored, version);
        if (revision == null && stored.previous() == null) {
            throw JorchException.invalid("rollback", "service " + stored.name()
                    + " does not have a previous specification to roll back to");
        }
        if (revision != null && !stored.has(revision)) {
            throw JorchException.invalid("revision", "service " + stored.name() + " has no revision " + revision
                    + ": it has " + stored.revisions().stream().map(known -> Long.toString(known.number())).toList());
        }
        return new Command.RollbackService(stored.id(), version, revision);
    }

    /// The leader checks this too, over what is committed by then; here it spares asking a registry in vain.
    private static void requireNewest(Service stored, long version) {
        if (version != stored.meta().version()) {
            throw JorchException.conflict("update out of sequence: service " + stored.name() + " is at version "
                    + stored.meta().version() + ", the update was made over version " + version
                    + ": read it again and repeat");
        }
    }

    private static ServiceSpec named(ServiceSpec spec, String name) {
        return new ServiceSpec(name, spec.labels(), spec.taskTemplate(), spec.mode(), spec.updateConfig(),
                spec.rollbackConfig(), spec.networks(), spec.endpointSpec(), spec.jorch());
    }
}
