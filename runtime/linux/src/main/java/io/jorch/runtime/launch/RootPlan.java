package io.jorch.runtime.launch;

import java.nio.file.Path;
import java.util.List;

import io.jorch.api.error.JorchException;

/// Where the container's root filesystem comes from. It is always mounted nosuid and nodev.
public sealed interface RootPlan {
    boolean readOnly();

    /// Layers, shared by all containers and seen through the id map, below a writable directory of the container's own.
    ///
    /// @param lower read-only layers, topmost first
    /// @param upper what the container writes; owned by the host id of its root
    /// @param work the overlay's scratch directory, on the same filesystem as the upper one
    record Overlay(List<Path> lower, Path upper, Path work, boolean readOnly) implements RootPlan {
        public Overlay {
            lower = List.copyOf(lower);
            if (lower.isEmpty() || lower.size() > 500) {
                throw JorchException.invalid("root", "needs 1 to 500 layers, has " + lower.size());
            }
        }
    }

    /// One directory, seen through the id map.
    record Directory(Path path, boolean readOnly) implements RootPlan {
    }
}
