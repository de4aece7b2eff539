package io.jorch.raft.ratis;

import io.jorch.api.error.ErrorCode;
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
import io.jorch.raft.tail.TailCheck;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One member of the group on Apache Ratis.
///
/// Proposals go through one thread, so they reach the log in the order they were made. Everything Ratis itself runs is
/// named after the node id.
public final class RatisEngine implements RaftEngine {

    private static final Logger LOG = LoggerFactory.getLogger(RatisEngine.class);

    private final EngineConfig config;
    private final RaftGroupId group;
    private final ClientId client = ClientId.randomId();
    private final AppliedIndex applied = new AppliedIndex();
    private final Proposals proposals;
    private final ExecutorService submitter;
    private final RaftServer server;
    private final RaftServer.Division division;
    private final LeadershipWatch watch;
    private final Membership membership;
    private final ReadIndex reads;
    private final Status status;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RatisEngine(EngineConfig config, StateMachine machine) throws IOException {
        this.config = config;
        this.group = Peers.groupId(config.clusterId());
        this.proposals = new Proposals(config.timing().requestTimeout(), () -> leadership().leader(), applied::index);
        ReplicatedMachine replicated = new ReplicatedMachine(machine, applied, proposals, client, this::hint,
                () -> division().getInfo().getCurrentTerm(), () -> division().getRaftLog().getNextIndex());
        this.server = RaftServer.newBuilder().setServerId(RaftPeerId.valueOf(config.self().id()))
                .setGroup(Peers.group(group, config.initialPeers())).setStateMachine(replicated)
                .setProperties(RatisSettings.properties(config)).setParameters(RatisSettings.parameters(config))
                .setOption(RaftStorage.StartupOption.RECOVER).build();
        try {
            this.division = server.getDivision(group);
            server.start();
        } catch (IOException | RuntimeException e) {
            closeServer();
            throw e;
        }
        this.status = new Status(config.self().id(), division, replicated, closed::get);
        StepDown stepDown = new StepDown(division, config.timing().electionMax(), this::requestStepDown);
        this.watch = new LeadershipWatch(config.self().id(), status::leadership, stepDown::check);
        this.submitter = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("raft-propose-" + config.self().id())
                .factory());
        this.membership = new Membership(server, division, client, config.timing().requestTimeout());
        this.reads = new ReadIndex(division, new TermProbe(server, division), applied, this::askLeader,
                config.timing().requestTimeout());
    }

    /// Starts the member and takes up what its directory holds.
    ///
    /// @throws JorchException `UNAVAILABLE` if the port is taken, `CORRUPT` if the log or the snapshot is damaged (the
    ///                        message names the way out), `CONFLICT` if the directory belongs to another cluster
    public static RatisEngine open(EngineConfig config, StateMachine machine) {
        Preflight.keepTheProcessAlive();
        RatisSettings.reduceEventLoops();
        QuietLogging.install();
        try {
            Preflight.directory(config.directory(), Peers.groupId(config.clusterId()));
            Preflight.port(config.self());
            TailCheck.run(config.directory().resolve(Peers.groupId(config.clusterId()).getUuid().toString()));
            return new RatisEngine(config, machine);
        } catch (JorchException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw startFailure(config, e);
        }
    }

    private static JorchException startFailure(EngineConfig config, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JorchException ours) {
                return ours;
            }
        }
        return new JorchException(ErrorCode.INTERNAL, "the Raft member can't start from " + config.directory() + ": "
                + JorchException.describe(Failures.unwrap(failure)), failure);
    }

    /// Without a look at the log first; what Ratis itself does on damage, for tests.
    static RatisEngine openUnchecked(EngineConfig config, StateMachine machine) throws IOException {
        Preflight.keepTheProcessAlive();
        return new RatisEngine(config, machine);
    }

    /// Ratis may call back before the constructor is done.
    private RaftServer.Division division() {
        return division;
    }

    private void hint() {
        LeadershipWatch started = watch;
        if (started != null) {
            started.hint();
        }
    }

    @Override
    public CompletableFuture<Outcome> propose(long term, byte[] entry) {
        if (entry.length > config.maxEntryBytes()) {
            return CompletableFuture.failedFuture(JorchException.invalid("entry", "has " + entry.length
                    + " bytes, the most is " + config.maxEntryBytes() + ": cut the transaction"));
        }
        Proposal proposal = proposals.open(term);
        try {
            submitter.execute(() -> submit(proposal, entry));
        } catch (RejectedExecutionException e) {
            proposals.failed(proposal);
        }
        if (closed.get()) {
            proposals.close();
        }
        return proposal.outcome;
    }

    private void submit(Proposal proposal, byte[] entry) {
        RaftClientRequest request = request(proposal.callId, RaftClientRequest.writeRequestType(),
                Message.valueOf(UnsafeByteOperations.unsafeWrap(Envelope.wrap(proposal.term, entry))));
        ask(request).whenComplete((reply, failure) -> {
            if (failure != null || !reply.isSuccess()) {
                proposals.failed(proposal);
            }
        });
    }

    private CompletableFuture<RaftClientReply> askLeader() {
        return ask(request(CallId.getAndIncrement(), RaftClientRequest.readRequestType(), Message.EMPTY));
    }

    private CompletableFuture<RaftClientReply> ask(RaftClientRequest request) {
        try {
            return server.submitClientRequestAsync(request);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private RaftClientRequest request(long callId, RaftClientRequest.Type type, Message message) {
        return RaftClientRequest.newBuilder().setClientId(client).setServerId(server.getId()).setGroupId(group)
                .setCallId(callId).setType(type).setMessage(message).build();
    }

    @Override
    public Leadership leadership() {
        return watch.now();
    }

    @Override
    public Subscription onLeadership(LeadershipListener listener) {
        return watch.subscribe(listener);
    }

    @Override
    public CompletableFuture<Long> readIndex() {
        return reads.read();
    }

    @Override
    public List<Member> members() {
        return membership.members();
    }

    @Override
    public CompletableFuture<Void> addMember(Member member) {
        return membership.add(member);
    }

    @Override
    public CompletableFuture<Void> removeMember(String id) {
        return membership.remove(id);
    }

    @Override
    public CompletableFuture<Void> promote(String id) {
        return membership.vote(id, true);
    }

    @Override
    public CompletableFuture<Void> demote(String id) {
        return membership.vote(id, false);
    }

    @Override
    public CompletableFuture<Void> transferLeadership(String id) {
        long patience = config.timing().requestTimeout().toMillis();
        TransferLeadershipRequest request = new TransferLeadershipRequest(client, server.getId(), group,
                CallId.getAndIncrement(), RaftPeerId.valueOf(id), patience);
        String what = "transfer leadership to " + id;
        // Ratis answers when it knows the new leader, the watch may be a moment behind.
        return translated(what, () -> server.transferLeadershipAsync(request))
                .thenCompose(reply -> sees(id)).orTimeout(patience, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    throw Failures.translate(what, failure);
                });
    }

    private void requestStepDown() {
        TransferLeadershipRequest request = new TransferLeadershipRequest(client, server.getId(), group,
                CallId.getAndIncrement(), null, config.timing().requestTimeout().toMillis());
        translated("step down", () -> server.transferLeadershipAsync(request)).exceptionally(failure -> {
            LOG.debug("event=step-down-failed reason=\"{}\"", JorchException.describe(failure));
            return null;
        });
    }

    private CompletableFuture<Void> sees(String leader) {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        Subscription subscription = watch.subscribe(leadership -> {
            if (leader.equals(leadership.leader())) {
                seen.complete(null);
            }
        });
        return seen.whenComplete((done, failure) -> subscription.close());
    }

    @Override
    public CompletableFuture<Long> snapshot() {
        SnapshotManagementRequest request = SnapshotManagementRequest.newCreate(client, server.getId(), group,
                CallId.getAndIncrement(), config.timing().requestTimeout().toMillis(), 1);
        return translated("take a snapshot", () -> server.snapshotManagementAsync(request))
                .thenApply(RaftClientReply::getLogIndex);
    }

    /// A call that Ratis may refuse by exception, failed future or failed reply.
    private interface Call {
        CompletableFuture<RaftClientReply> start() throws IOException;
    }

    private static CompletableFuture<RaftClientReply> translated(String what, Call call) {
        CompletableFuture<RaftClientReply> started;
        try {
            started = call.start();
        } catch (IOException | RuntimeException e) {
            started = CompletableFuture.failedFuture(e);
        }
        return started.handle((reply, failure) -> {
            if (failure != null) {
                throw Failures.translate(what, failure);
            }
            return Failures.check(what, reply);
        });
    }

    @Override
    public EngineStatus status() {
        return status.now(watch.now());
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        submitter.shutdown();
        reads.close();
        closeServer();
        proposals.close();
        watch.close();
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("event=close-failed id={} reason=\"{}\"", config.self().id(), JorchException.describe(e));
        }
    }
}
