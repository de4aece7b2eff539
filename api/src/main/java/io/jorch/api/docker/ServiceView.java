package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.spec.ServiceMode;
import io.jorch.api.spec.ServiceSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Docker's `Service`.
///
/// @param spec with its mode filled in: Docker's clients don't know a service without one
/// @param previousSpec what `rollback` returns to; null: nothing yet
/// @param updateStatus null: there was no rollout since the spec last changed
/// @param serviceStatus only when it was asked for
/// @param jobStatus only of a job
public record ServiceView(@JsonProperty("ID") String id, ObjectVersion version, Instant createdAt, Instant updatedAt,
        ServiceSpec spec, @Nullable ServiceSpec previousSpec, @Nullable EndpointView endpoint,
        @Nullable UpdateStatusView updateStatus, @Nullable ServiceStatusView serviceStatus,
        @Nullable JobStatusView jobStatus) {

    /// Docker's `JobStatus`: which run of a job is the newest.
    public record JobStatusView(ObjectVersion jobIteration, Instant lastExecution) {
    }

    /// @param rollout the service's newest, or null
    public static ServiceView of(Service service, @Nullable Rollout rollout, EndpointView endpoint,
            @Nullable ServiceStatusView status) {
        return new ServiceView(service.id(), ObjectVersion.of(service.meta()), service.meta().createdAt(),
                service.meta().updatedAt(), withMode(service.spec()), previous(service), endpoint,
                UpdateStatusView.of(service, rollout), status, job(service));
    }

    public ServiceView withSpec(ServiceSpec newSpec) {
        return new ServiceView(id, version, createdAt, updatedAt, newSpec, previousSpec, endpoint, updateStatus,
                serviceStatus, jobStatus);
    }

    private static @Nullable ServiceSpec previous(Service service) {
        Long number = service.previous();
        return number == null || !service.has(number) ? null : withMode(service.revision(number).spec());
    }

    private static ServiceSpec withMode(ServiceSpec spec) {
        return spec.withMode(switch (spec.modeOrDefault()) {
            case ServiceMode.Replicated replicated -> new ServiceMode.Replicated(replicated.replicasOrDefault());
            case ServiceMode.Global global -> global;
            case ServiceMode.ReplicatedJob job -> ServiceDefaults.filled(job);
            case ServiceMode.GlobalJob job -> job;
        });
    }

    private static @Nullable JobStatusView job(Service service) {
        return isJob(service.spec())
                ? new JobStatusView(new ObjectVersion(service.target()), service.targetRevision().createdAt())
                : null;
    }

    /// Whether the service's tasks run to completion.
    public static boolean isJob(ServiceSpec spec) {
        return switch (spec.modeOrDefault()) {
            case ServiceMode.ReplicatedJob _, ServiceMode.GlobalJob _ -> true;
            case ServiceMode.Replicated _, ServiceMode.Global _ -> false;
        };
    }
}
