package io.jorch.api.docker;

import io.jorch.api.object.Revision;
import io.jorch.api.object.Service;
import io.jorch.api.spec.ServiceSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of `GET /jorch/services/{id}/revisions`, jorch's own: a version of a service that can be rolled back to.
///
/// @param image what the spec's image resolved to, with the digest
/// @param origin `user`, `auto-update` or `rollback`
/// @param target tasks should be of it
/// @param previous `rollback` without a number returns to it
/// @param badDigest a rollout to it failed
public record RevisionView(long number, Instant createdAt, String origin, String image, boolean target,
        boolean previous, boolean badDigest, ServiceSpec spec) {

    public static RevisionView of(Service service, Revision revision) {
        @Nullable Long previous = service.previous();
        return new RevisionView(revision.number(), revision.createdAt(), revision.origin(),
                revision.image().pinned(), revision.number() == service.target(),
                previous != null && previous == revision.number(), revision.badDigest(), revision.spec());
    }
}
