package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Docker's `Placement`.
///
/// @param maxReplicas per node; 0: no limit
/// @param platforms one of them must be the node's; empty: any
public record Placement(List<String> constraints, List<Preference> preferences, long maxReplicas,
        List<Platform> platforms) {
    public Placement {
        constraints = Absent.list(constraints);
        preferences = Absent.list(preferences);
        platforms = Absent.list(platforms);
    }

    public static final Placement ANYWHERE = new Placement(List.of(), List.of(), 0, List.of());

    public record Preference(@Nullable Spread spread) {
    }

    /// @param spreadDescriptor `node.labels.X` or `engine.labels.X`
    public record Spread(String spreadDescriptor) {
    }
}
