package io.jorch.manager.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where wishes go in. The leader loop stands behind it; on another member it fails with UNAVAILABLE.
public interface CommandPort {
    /// @param key the client's idempotency key, or empty
    /// @return completes once the wish is committed; fails with a JorchException (INVALID, CONFLICT, NOT_FOUND,
    ///         UNAVAILABLE, UNKNOWN_OUTCOME)
    CompletableFuture<Accepted> submit(Command command, String key);

    /// @param id of the object that was made or changed
    /// @param index the Raft index at which it was committed
    /// @param warnings for the user, e.g. an image that could not be resolved
    record Accepted(String id, long index, List<String> warnings) {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }
}
