package io.jorch.api.spec;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.jspecify.annotations.Nullable;

/// How many tasks a service has: Docker's `ServiceSpec.Mode`, of which exactly one member is set.
@JsonDeserialize(using = ServiceModeCodec.Reader.class)
@JsonSerialize(using = ServiceModeCodec.Writer.class)
public sealed interface ServiceMode {
    /// @param replicas null: 1
    @JsonDeserialize
    @JsonSerialize
    record Replicated(@Nullable Long replicas) implements ServiceMode {
        public long replicasOrDefault() {
            return replicas == null ? 1 : replicas;
        }
    }

    /// One task on each node that fits.
    @JsonDeserialize
    @JsonSerialize
    record Global() implements ServiceMode {
    }

    /// Runs to completion `totalCompletions` times (null: `maxConcurrent`), `maxConcurrent` (null: 1) at a time.
    @JsonDeserialize
    @JsonSerialize
    record ReplicatedJob(@Nullable Long maxConcurrent, @Nullable Long totalCompletions) implements ServiceMode {
    }

    /// Runs to completion once on each node that fits.
    @JsonDeserialize
    @JsonSerialize
    record GlobalJob() implements ServiceMode {
    }
}
