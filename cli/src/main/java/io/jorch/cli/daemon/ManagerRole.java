package io.jorch.cli.daemon;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageService;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.message.WorkerStream;
import io.jorch.manager.command.FirstState;
import io.jorch.manager.follow.DigestWatch;
import io.jorch.manager.leader.Ids;
import io.jorch.manager.leader.LeaderLoop;
import io.jorch.manager.plan.Now;
import io.jorch.manager.project.Projections;
import io.jorch.raft.engine.EngineConfig;
import io.jorch.raft.engine.Leadership;
import io.jorch.raft.engine.Member;
import io.jorch.raft.engine.Subscription;
import io.jorch.raft.ratis.RatisEngine;
import io.jorch.raft.seal.DataKeys;
import io.jorch.raft.seal.KeyFile;
import io.jorch.raft.seal.SealedEngine;
import io.jorch.raft.state.CommitOutcome;
import io.jorch.raft.state.Store;
import io.jorch.raft.state.StoreMachine;
import io.jorch.raft.state.Transaction;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// This node as a manager: its Raft member, the state on top of it, and the leader loop.
final class ManagerRole implements AutoCloseable {
    private static final long LEADER_SECONDS = 60;

    private final SealedEngine engine;
    private final Store store;
    private final LeaderLoop loop;
    private final DigestWatch follow;
    private final ConcurrentMap<String, RegistryCredential> credentials;

    private ManagerRole(SealedEngine engine, Store store, ImageService images, long followInterval) {
        this.engine = engine;
        this.store = store;
        this.credentials = new ConcurrentHashMap<>();
        this.loop = new LeaderLoop(store, new Projections(), ManagerRole::now, new Ids());
        this.follow = new DigestWatch(store::state, images,
                service -> credentials.getOrDefault(service.id(), RegistryCredential.ANONYMOUS), loop, followInterval,
                System::nanoTime);
        follow.start();
    }

    static Now now() {
        return new Now(Instant.now(), System.nanoTime());
    }

    /// Begins a cluster: new keys, a group of one, the first state committed.
    static ManagerRole begin(Layout layout, StoredMembership membership, FirstState first, ImageService images,
            long followInterval) {
        KeyFile keyFile = new KeyFile(layout.node());
        DataKeys keys = DataKeys.random();
        keyFile.save(keys, keyFile.nodeKey());
        StoreMachine machine = new StoreMachine();
        SealedEngine engine = open(layout, membership, keys, machine);
        Store store = new Store(engine, machine);
        try {
            long term = leading(store).term();
            CommitOutcome outcome = store.commit(new Transaction(term, first.changes(now()))).get();
            if (!(outcome instanceof CommitOutcome.Committed)) {
                throw new JorchException(ErrorCode.UNAVAILABLE, "the cluster's first state was not written: " + outcome);
            }
            return new ManagerRole(engine, store, images, followInterval);
        } catch (ExecutionException failed) {
            engine.close();
            throw new JorchException(ErrorCode.UNAVAILABLE, "the cluster could not be begun: "
                    + JorchException.describe(failed.getCause()), failed);
        } catch (InterruptedException interrupted) {
            engine.close();
            Thread.currentThread().interrupt();
            throw new JorchException(ErrorCode.UNAVAILABLE, "interrupted while the cluster was begun", interrupted);
        } catch (JorchException failed) {
            engine.close();
            throw failed;
        }
    }

    /// Goes on with what the data folder holds.
    static ManagerRole resume(Layout layout, StoredMembership membership, ImageService images, long followInterval) {
        KeyFile keyFile = new KeyFile(layout.node());
        StoreMachine machine = new StoreMachine();
        SealedEngine engine = open(layout, membership, keyFile.load(keyFile.nodeKey()), machine);
        return new ManagerRole(engine, new Store(engine, machine), images, followInterval);
    }

    private static SealedEngine open(Layout layout, StoredMembership membership, DataKeys keys, StoreMachine machine) {
        String address = membership.raftAddress();
        int colon = address.lastIndexOf(':');
        Member self = Member.voter(membership.nodeId(), address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1)));
        return SealedEngine.open(RatisEngine::open, EngineConfig.first(membership.clusterId(), self, layout.raft()),
                keys, machine);
    }

    /// Waits until this member leads and has applied all that was committed.
    static Leadership leading(Store store) throws InterruptedException, ExecutionException {
        CompletableFuture<Leadership> leads = new CompletableFuture<>();
        Subscription subscription = store.onLeadership(leadership -> {
            if (leadership.leads()) {
                leads.complete(leadership);
            }
        });
        try {
            return leads.get(LEADER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException none) {
            throw new JorchException(ErrorCode.UNAVAILABLE,
                    "no leader within " + LEADER_SECONDS + " s: is the disk very slow?", none);
        } finally {
            subscription.close();
        }
    }

    Store store() {
        return store;
    }

    LeaderLoop loop() {
        return loop;
    }

    void keep(String serviceId, RegistryCredential credential) {
        credentials.put(serviceId, credential);
    }

    /// A worker's end of a new stream to this manager.
    WorkerStream connect() {
        LocalStream.Pair pair = LocalStream.pair();
        loop.accept(pair.manager());
        return pair.worker();
    }

    @Override
    public void close() {
        follow.close();
        loop.close();
        engine.close();
    }
}
