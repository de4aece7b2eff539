package io.jorch.api.docker;

import io.jorch.api.object.Meta;

/// Docker's `ObjectVersion`: what an update must name, so that it is refused if the object changed meanwhile.
public record ObjectVersion(long index) {
    public static ObjectVersion of(Meta meta) {
        return new ObjectVersion(meta.version());
    }
}
