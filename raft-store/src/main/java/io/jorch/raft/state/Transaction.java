package io.jorch.raft.state;

import java.util.List;

/// Changes that are applied together or not at all: one Raft entry.
///
/// @param term the Raft term of the leader that planned it; apply refuses it in any other
/// @param key the client's idempotency key, or empty: a key seen in the last [ClusterState#KEYS_KEPT] is not applied twice
public record Transaction(long term, List<Change> changes, String key) {
    /// More changes than this are cut into several transactions, each valid alone.
    public static final int MAXIMUM_CHANGES = 500;
    /// 1 MiB: an entry's greatest size.
    public static final int MAXIMUM_BYTES = 1 << 20;

    public Transaction {
        changes = List.copyOf(changes);
    }

    public Transaction(long term, List<Change> changes) {
        this(term, changes, "");
    }
}
