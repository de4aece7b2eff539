package io.jorch.api.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Docker's `ResourceRequirements`: limits bind the cgroup, reservations bind the scheduler.
public record ResourceRequirements(@Nullable Limits limits, @Nullable Reservations reservations) {
    /// @param nanoCPUs 10^9 is one core; 0: none set
    /// @param memoryBytes 0: none set
    /// @param pids 0: none set
    public record Limits(@JsonProperty("NanoCPUs") long nanoCPUs, long memoryBytes, long pids) {
    }

    public record Reservations(@JsonProperty("NanoCPUs") long nanoCPUs, long memoryBytes,
            @Nullable List<GenericResource> genericResources) {
    }
}
