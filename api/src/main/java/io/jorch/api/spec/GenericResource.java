package io.jorch.api.spec;

import org.jspecify.annotations.Nullable;

/// Docker's `GenericResources` entry: exactly one of the two is set.
public record GenericResource(@Nullable Discrete discreteResourceSpec, @Nullable Named namedResourceSpec) {
    public record Discrete(String kind, long value) {
    }

    public record Named(String kind, String value) {
    }
}
