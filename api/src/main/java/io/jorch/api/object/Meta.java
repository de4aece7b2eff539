package io.jorch.api.object;

import java.time.Instant;

/// When an object was written.
///
/// @param version the Raft index of its last change, set when the change is applied: 0 in an object not yet stored
/// @param createdAt,updatedAt the proposing leader's wall clock, for showing only
public record Meta(long version, Instant createdAt, Instant updatedAt) {
    public static Meta created(Instant now) {
        return new Meta(0, now, now);
    }

    public Meta touched(Instant now) {
        return new Meta(version, createdAt, now);
    }

    public Meta at(long index) {
        return new Meta(index, createdAt, updatedAt);
    }
}
