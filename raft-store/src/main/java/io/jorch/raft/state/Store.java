package io.jorch.raft.state;

import io.jorch.api.json.Json;
import io.jorch.raft.engine.Leadership;
import io.jorch.raft.engine.LeadershipListener;
import io.jorch.raft.engine.Outcome;
import io.jorch.raft.engine.RaftEngine;
import io.jorch.raft.engine.Subscription;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The replicated state as the rest of a manager sees it: read it, propose a transaction, watch what is committed.
/// Thread-safe; nothing here blocks.
public final class Store {
    private final RaftEngine engine;
    private final StoreMachine machine;

    /// @param machine the one that `engine` drives
    public Store(RaftEngine engine, StoreMachine machine) {
        this.engine = engine;
        this.machine = machine;
    }

    /// The newest applied state here: may be behind the leader's on a follower.
    public ClusterState state() {
        return machine.state();
    }

    /// A state that holds everything that was acknowledged anywhere before this call.
    public CompletableFuture<ClusterState> linearizable() {
        return engine.readIndex().thenApply(index -> machine.state());
    }

    /// Proposes to the local member, once.
    public CompletableFuture<CommitOutcome> commit(Transaction transaction) {
        return engine.propose(transaction.term(), EntryCodec.encode(transaction)).thenApply(outcome -> switch (outcome) {
            case Outcome.Applied applied -> switch (Json.readTolerant(applied.result(), Verdict.class)) {
                case Verdict.Accepted accepted -> new CommitOutcome.Committed(accepted.index());
                case Verdict.Refused refused -> new CommitOutcome.Refused(refused.reason(), refused.detail());
            };
            case Outcome.NotLeader notLeader -> new CommitOutcome.NotLeader(notLeader.hint());
            case Outcome.Unknown unknown -> new CommitOutcome.Unknown(unknown.reason());
        });
    }

    /// The size of a transaction as an entry, before sealing, in bytes.
    public static int sizeOf(Transaction transaction) {
        return EntryCodec.encode(transaction).length;
    }

    /// @see EventLog#watch
    public EventLog.@Nullable Watch watch(@Nullable Long sinceIndex, EventLog.Watcher watcher) {
        return machine.events().watch(sinceIndex, machine.state(), watcher);
    }

    /// @see EventLog#forgottenUpTo
    public long forgottenUpTo() {
        return machine.events().forgottenUpTo();
    }

    public Leadership leadership() {
        return engine.leadership();
    }

    public Subscription onLeadership(LeadershipListener listener) {
        return engine.onLeadership(listener);
    }

    /// SHA-256 of the canonical bytes of a state, in hex: equal on replicas at equal index.
    public static String hash(ClusterState state) {
        return SnapshotCodec.hash(state);
    }
}
