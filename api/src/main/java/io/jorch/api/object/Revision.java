package io.jorch.api.object;

import io.jorch.api.json.Absent;
import io.jorch.api.spec.ServiceSpec;
import java.time.Instant;

/// One version of a service: a spec and the image bytes it means.
///
/// @param number counts up from 1
/// @param image what the spec's image resolved to; digest is empty when nobody could be asked (`--no-resolve-image`)
/// @param origin `user`, `auto-update` or `rollback`
/// @param badDigest a rollout to it failed: auto-update doesn't try this digest again
public record Revision(long number, ServiceSpec spec, ImagePin image, Instant createdAt, String origin,
        boolean badDigest) {
    public Revision {
        origin = Absent.text(origin);
    }

    /// The same, after a rollout to it failed.
    public Revision bad() {
        return new Revision(number, spec, image, createdAt, origin, true);
    }
}
