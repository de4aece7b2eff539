package io.jorch.worker.health;

/// Asks a task how it is. Implementations are bound to one task and may be called by several threads.
@FunctionalInterface
public interface Prober {
    /// Blocks until the answer is there or the time is over, which is a failure like any other.
    ///
    /// @param timeout nanoseconds
    ProbeResult probe(ProbeTarget target, long timeout) throws InterruptedException;
}
