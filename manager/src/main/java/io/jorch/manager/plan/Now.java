package io.jorch.manager.plan;

import java.time.Instant;

/// The time, as it is handed to pure code.
///
/// @param wall for showing, and for what is stored
/// @param nanos monotonic, for deadlines: only differences mean anything, and only within one process
public record Now(Instant wall, long nanos) {
    public static final long SECOND = 1_000_000_000L;
}
