package io.jorch.api.spec;

import org.jspecify.annotations.Nullable;

/// How many tasks a service has: Docker's `ServiceSpec.Mode`, of which exactly one member is set.
public sealed interface ServiceMode {
    /// @param replicas null: 1
    record Replicated(@Nullable Long replicas) implements ServiceMode {
        public long replicasOrDefault() {
            return replicas == null ? 1 : replicas;
        }
    }

    /// One task on each node that fits.
    record Global() implements ServiceMode {
    }

    /// Runs to completion `totalCompletions` times (null: `maxConcurrent`), `maxConcurrent` (null: 1) at a time.
    record ReplicatedJob(@Nullable Long maxConcurrent, @Nullable Long totalCompletions) implements ServiceMode {
    }

    /// Runs to completion once on each node that fits.
    record GlobalJob() implements ServiceMode {
    }
}
