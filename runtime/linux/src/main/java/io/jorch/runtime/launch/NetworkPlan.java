package io.jorch.runtime.launch;

import java.nio.file.Path;

/// The container's network namespace.
public sealed interface NetworkPlan {
    /// A new one with nothing but loopback.
    record Isolated() implements NetworkPlan {
    }

    /// One that is bound at a path and set up already.
    record Join(Path namespace) implements NetworkPlan {
    }
}
