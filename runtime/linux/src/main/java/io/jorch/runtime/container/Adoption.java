package io.jorch.runtime.container;

/// What became of a container that an earlier daemon started.
public sealed interface Adoption {
    /// It runs, under the same shim.
    record Running(Container container) implements Adoption {
    }

    /// It ended meanwhile, or (its status then says lost) nobody saw how.
    record Ended(ExitStatus status) implements Adoption {
    }

    /// There is nothing of it on this machine.
    record Unknown() implements Adoption {
    }
}
