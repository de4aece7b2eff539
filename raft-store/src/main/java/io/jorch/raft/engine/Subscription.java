package io.jorch.raft.engine;

/// A listener's registration. After [#close] returns no new call begins; one may still be under way.
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
