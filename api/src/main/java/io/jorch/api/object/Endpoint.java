package io.jorch.api.object;

/// Whether balancers may send a task new connections. Committed: serving → draining(epoch) → released.
///
/// @param epoch the Raft index at which draining began: nodes that acknowledged it send nothing new; 0 before that
public record Endpoint(Phase phase, long epoch) {
    public static final Endpoint SERVING = new Endpoint(Phase.SERVING, 0);
    /// The epoch is filled in when this is applied.
    public static final Endpoint DRAINING = new Endpoint(Phase.DRAINING, 0);

    public enum Phase {
        SERVING, DRAINING, RELEASED
    }
}
