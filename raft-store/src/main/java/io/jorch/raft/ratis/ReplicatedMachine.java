package io.jorch.raft.ratis;

import io.jorch.api.error.JorchException;
import io.jorch.raft.engine.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The side that Ratis drives. Its updater thread is the apply thread: it alone touches the state machine.
///
/// Ratis expects the life cycle to be driven here (`STARTING` and `RUNNING` around [#initialize] and [#reinitialize],
/// `PAUSED` after [#pause]); without it the first snapshot sent by a leader fails and closes the member.
final class ReplicatedMachine extends BaseStateMachine {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedMachine.class);

    private final StateMachine machine;
    private final SnapshotFiles files = new SnapshotFiles();
    private final AppliedIndex applied;
    private final Proposals proposals;
    private final ByteString ownClient;
    private final Runnable leadershipMayHaveChanged;
    private final LongSupplier currentTerm;
    private final LongSupplier nextIndex;

    /// @param ownClient   client id of this process's proposals
    /// @param currentTerm the division's term; read under its lock, so exact there
    /// @param nextIndex   the place of the next entry; read under the lock of the log
    ReplicatedMachine(StateMachine machine, AppliedIndex applied, Proposals proposals, ClientId ownClient,
            Runnable leadershipMayHaveChanged, LongSupplier currentTerm, LongSupplier nextIndex) {
        this.machine = machine;
        this.applied = applied;
        this.proposals = proposals;
        this.ownClient = ownClient.toByteString();
        this.leadershipMayHaveChanged = leadershipMayHaveChanged;
        this.currentTerm = currentTerm;
        this.nextIndex = nextIndex;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage storage) throws IOException {
        super.initialize(server, groupId, storage);
        getLifeCycle().startAndTransition(() -> {
            files.init(storage);
            restoreNewest();
        }, IOException.class);
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        getLifeCycle().startAndTransition(() -> {
            files.adoptInstalled();
            restoreNewest();
        }, IOException.class);
    }

    private void restoreNewest() throws IOException {
        SingleFileSnapshotInfo newest = files.getLatestSnapshot();
        if (newest == null) {
            return;
        }
        files.verify(newest);
        try (InputStream in = Files.newInputStream(newest.getFile().getPath())) {
            machine.restore(in);
        }
        proposals.skipped(newest.getIndex());
        setLastAppliedTermIndex(newest.getTermIndex());
        applied.advance(newest.getTermIndex());
        LOG.info("event=restored index={} term={}", newest.getIndex(), newest.getTerm());
    }

    /// The exact fence: under Ratis' locks neither the term nor the place can change until the entry is in the log.
    @Override
    public TransactionContext preAppendTransaction(TransactionContext transaction) throws IOException {
        RaftClientRequest request = transaction.getClientRequest();
        Proposal proposal = request != null && ownClient.equals(request.getClientId().toByteString())
                ? proposals.find(request.getCallId())
                : null;
        if (proposal == null) {
            throw new StateMachineException("no such proposal here, or it ran out of time", false);
        }
        if (proposal.term != currentTerm.getAsLong()) {
            throw new StateMachineException("planned in term " + proposal.term, false);
        }
        proposal.appendedAt(nextIndex.getAsLong());
        return transaction;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        StateMachineLogEntryProto body = entry.getStateMachineLogEntry();
        try {
            apply(entry.getTerm(), entry.getIndex(), body);
        } catch (RuntimeException e) {
            // Going on would let this replica drift away from the others: Ratis closes the member on this.
            LOG.error("event=apply-failed index={} term={} reason=\"{}\" fix=\"this member stops; restart it with a "
                    + "jorch that knows the entry\"", entry.getIndex(), entry.getTerm(), JorchException.describe(e), e);
            throw e;
        }
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    private void apply(long term, long index, StateMachineLogEntryProto body) {
        ByteBuffer bytes = body.getLogData().asReadOnlyByteBuffer();
        Envelope envelope = Envelope.parse(bytes);
        byte[] result = null;
        if (envelope.plannedTerm() == term) {
            result = machine.apply(index, term, envelope.copyEntry());
        } else {
            LOG.warn("event=fenced index={} term={} planned={}", index, term, envelope.plannedTerm());
        }
        if (ownClient.equals(body.getClientId())) {
            proposals.applied(body.getCallId(), index, result);
        }
        advance(term, index);
    }

    /// Entries of Ratis itself.
    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        advance(term, index);
    }

    private void advance(long term, long index) {
        TermIndex now = TermIndex.valueOf(term, index);
        updateLastAppliedTermIndex(now);
        applied.advance(now);
        proposals.passed(index);
    }

    @Override
    public long takeSnapshot() throws IOException {
        TermIndex at = getLastAppliedTermIndex();
        SnapshotInfo newest = files.getLatestSnapshot();
        if (at.getIndex() < RaftLog.LEAST_VALID_LOG_INDEX) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        if (newest == null || newest.getIndex() < at.getIndex()) {
            files.write(at, machine::snapshot);
        }
        return at.getIndex();
    }

    @Override
    public SnapshotFiles getStateMachineStorage() {
        return files;
    }

    @Override
    public CompletableFuture<Message> query(Message request) {
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId newLeader) {
        leadershipMayHaveChanged.run();
    }

    @Override
    public void notifyLeaderReady() {
        leadershipMayHaveChanged.run();
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        leadershipMayHaveChanged.run();
    }
}
