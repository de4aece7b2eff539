package io.jorch.raft.seal;

import io.jorch.api.error.JorchException;
import io.jorch.raft.engine.EngineConfig;
import io.jorch.raft.engine.EngineStatus;
import io.jorch.raft.engine.Leadership;
import io.jorch.raft.engine.LeadershipListener;
import io.jorch.raft.engine.Member;
import io.jorch.raft.engine.Outcome;
import io.jorch.raft.engine.RaftEngine;
import io.jorch.raft.engine.StateMachine;
import io.jorch.raft.engine.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Any engine, with everything it writes to disk or sends to members sealed by the data keys.
///
/// A new data key needs a restart of the engine on each member, the new keys being everywhere before the first one seals
/// with them.
public final class SealedEngine implements RaftEngine {

    /// How the engine inside is started, e.g. `RatisEngine::open`.
    @FunctionalInterface
    public interface Opener {
        RaftEngine open(EngineConfig config, StateMachine machine);
    }

    private final RaftEngine engine;
    private final EntrySeal entries;
    private final int maxEntryBytes;

    private SealedEngine(RaftEngine engine, EntrySeal entries, int maxEntryBytes) {
        this.engine = engine;
        this.entries = entries;
        this.maxEntryBytes = maxEntryBytes;
    }

    public static SealedEngine open(Opener opener, EngineConfig config, DataKeys keys, StateMachine machine) {
        EntrySeal entries = new EntrySeal(keys);
        EngineConfig.Limits limits = config.limits();
        EngineConfig.Limits inside = new EngineConfig.Limits(limits.maxEntryBytes() + EntrySeal.OVERHEAD,
                Math.max(limits.segmentBytes(), limits.maxEntryBytes() + EntrySeal.OVERHEAD), limits.snapshotEntries());
        RaftEngine engine = opener.open(config.withLimits(inside),
                new SealedStateMachine(machine, entries, new SnapshotSeal(keys)));
        return new SealedEngine(engine, entries, config.maxEntryBytes());
    }

    @Override
    public CompletableFuture<Outcome> propose(long term, byte[] entry) {
        if (entry.length > maxEntryBytes) {
            return CompletableFuture.failedFuture(JorchException.invalid("entry",
                    "has " + entry.length + " bytes, the most is " + maxEntryBytes + ": cut the transaction"));
        }
        return engine.propose(term, entries.seal(term, entry));
    }

    @Override
    public Leadership leadership() {
        return engine.leadership();
    }

    @Override
    public Subscription onLeadership(LeadershipListener listener) {
        return engine.onLeadership(listener);
    }

    @Override
    public CompletableFuture<Long> readIndex() {
        return engine.readIndex();
    }

    @Override
    public List<Member> members() {
        return engine.members();
    }

    @Override
    public CompletableFuture<Void> addMember(Member member) {
        return engine.addMember(member);
    }

    @Override
    public CompletableFuture<Void> removeMember(String id) {
        return engine.removeMember(id);
    }

    @Override
    public CompletableFuture<Void> promote(String id) {
        return engine.promote(id);
    }

    @Override
    public CompletableFuture<Void> demote(String id) {
        return engine.demote(id);
    }

    @Override
    public CompletableFuture<Void> transferLeadership(String id) {
        return engine.transferLeadership(id);
    }

    @Override
    public CompletableFuture<Long> snapshot() {
        return engine.snapshot();
    }

    @Override
    public EngineStatus status() {
        return engine.status();
    }

    @Override
    public void close() {
        engine.close();
    }
}
