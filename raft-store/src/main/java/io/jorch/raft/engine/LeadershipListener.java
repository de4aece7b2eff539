package io.jorch.raft.engine;

/// Is told of each change of leadership, in order, by one thread of the engine at a time. It must not block: hand the
/// value to a mailbox. Terms that came and went between two calls may be skipped, the newest never is.
@FunctionalInterface
public interface LeadershipListener {
    void changed(Leadership leadership);
}
