package io.jorch.manager.control.fake;

import io.jorch.api.error.JorchException;
import io.jorch.api.object.Endpoint;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Meta;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.object.StoredObject;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.api.spec.Platform;
import io.jorch.api.spec.ServiceMode;
import io.jorch.api.spec.SwarmSpec;
import io.jorch.manager.command.Command;
import io.jorch.manager.command.CommandChanges;
import io.jorch.manager.command.CommandPort;
import io.jorch.manager.command.Commands;
import io.jorch.manager.command.FirstState;
import io.jorch.manager.control.seam.ClusterReader;
import io.jorch.manager.control.seam.EventSource;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.rollout.Revisions;
import io.jorch.raft.state.Applied;
import io.jorch.raft.state.Change;
import io.jorch.raft.state.ClusterState;
import io.jorch.raft.state.Event;
import io.jorch.raft.state.EventLog;
import io.jorch.raft.state.Transaction;
import io.jorch.raft.state.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A cluster of one node in memory: commands change its state as the leader's do, and at once every wanted task runs,
/// so that clients that wait are content. [#settles] off: tasks stay as they were put.
public final class FakeCluster implements ClusterReader, CommandPort, EventSource {
    public static final String NODE = "n0de0000000000000000000aa";
    public static final String INGRESS = "net0000000000000000000ing";

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Event> past = new ArrayList<>();
    private final List<EventLog.Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Map<String, TaskStatus> fleeting = new ConcurrentHashMap<>();
    public final List<Command> commands = new CopyOnWriteArrayList<>();
    public final List<String> keys = new CopyOnWriteArrayList<>();
    private volatile ClusterState state = ClusterState.EMPTY;
    public volatile boolean settles = true;
    public volatile boolean majority = true;
    private long counter;

    public FakeCluster() {
        NodeDescription description = new NodeDescription("alpha", new Platform("x86_64", "linux"), 4_000_000_000L,
                8L << 30, List.of(), "0.1.0", Map.of("disk", "ssd"), List.of());
        SwarmSpec spec = new SwarmSpec("default", Map.of(), new SwarmSpec.Orchestration(5L),
                new SwarmSpec.Raft(10_000, 0L, 500, 10, 1), new SwarmSpec.Dispatcher(5_000_000_000L),
                new SwarmSpec.CaConfig(7_776_000_000_000_000L, List.of(), null, "signing-key-material", 0),
                new SwarmSpec.EncryptionConfig(false), null);
        commit(new FirstState("c1uster000000000000000000a", spec, List.of(), 0, FirstState.DEFAULT_ID_POOL, INGRESS,
                "SWMTKN-1-ca-workersecret", "SWMTKN-1-ca-managersecret", NODE, description, "10.1.1.1")
                .changes(now()));
        StoredObject node = state.nodes().get(NODE);
        commit(List.of(new Change.Put(((io.jorch.api.object.Node) node)
                .withStatus(new NodeStatus(NodeStatus.State.READY, ""), Instant.now()))));
    }

    private static Now now() {
        return new Now(Instant.now(), System.nanoTime());
    }

    private String id(String beginning) {
        return (beginning + String.format("%025d", ++counter)).substring(0, 8) + String.format("%017d", counter);
    }

    public void commit(List<Change> changes) {
        lock.lock();
        try {
            Applied applied = Applied.apply(state, state.index() + 1, 1, new Transaction(1, changes));
            if (applied.verdict() instanceof Verdict.Refused refused) {
                throw new IllegalStateException(refused.detail());
            }
            state = applied.state();
            past.addAll(applied.events());
            watchers.forEach(watcher -> watcher.committed(applied.events(), state));
        } finally {
            lock.unlock();
        }
    }

    public void put(StoredObject object) {
        commit(List.of(new Change.Put(object)));
    }

    public void status(String taskId, TaskStatus status) {
        fleeting.put(taskId, status);
    }

    /// Tells watchers, as after a snapshot was installed, that the past is gone.
    public void forget() {
        past.clear();
        watchers.forEach(watcher -> watcher.committed(List.of(), state));
    }

    public int watching() {
        return watchers.size();
    }

    @Override
    public ClusterState current() {
        return state;
    }

    @Override
    public CompletableFuture<ClusterState> linearizable() {
        return majority
                ? CompletableFuture.completedFuture(state)
                : CompletableFuture.failedFuture(new JorchException(io.jorch.api.error.ErrorCode.UNAVAILABLE,
                        "no leader: see that a majority of the managers is up"));
    }

    @Override
    public Map<String, TaskStatus> fleeting() {
        return Map.copyOf(fleeting);
    }

    @Override
    public CompletableFuture<Accepted> submit(Command command, String key) {
        lock.lock();
        try {
            commands.add(command);
            keys.add(key);
            CommandChanges changes = Commands.changes(command, state, now(), () -> id("srv"));
            if (!changes.changes().isEmpty()) {
                commit(changes.changes());
                if (settles) {
                    settle();
                }
            }
            return CompletableFuture.completedFuture(new Accepted(changes.id(), state.index(), changes.warnings()));
        } catch (JorchException refused) {
            return CompletableFuture.failedFuture(refused);
        } finally {
            lock.unlock();
        }
    }

    /// Every slot gets a running task of the target; what is too much goes; a rollout is over.
    private void settle() {
        List<Change> changes = new ArrayList<>();
        for (Service service : state.services().all()) {
            Map<Long, Task> slots = new TreeMap<>();
            state.tasksOfService(service.id()).stream().filter(Task::live).forEach(task -> slots.put(task.slot(), task));
            long wanted = service.removing() ? 0 : replicas(service);
            for (long slot = 1; slot <= wanted; slot++) {
                Task old = slots.remove(slot);
                if (old == null || Revisions.dirty(service, old)) {
                    if (old != null) {
                        changes.add(new Change.Put(stopped(old)));
                    }
                    changes.add(new Change.Put(running(service, slot)));
                }
            }
            slots.values().forEach(task -> changes.add(Change.Delete.of(task)));
            Rollout rollout = state.rollouts().get(service.id());
            if (rollout != null && rollout.state().active()) {
                changes.add(new Change.Put(rollout.withState(rollout.state().rollback()
                        ? Rollout.State.ROLLBACK_COMPLETED
                        : Rollout.State.COMPLETED, "", true, Instant.now())));
            }
            if (service.removing()) {
                state.tasksOfService(service.id()).stream().filter(task -> !task.live())
                        .forEach(task -> changes.add(Change.Delete.of(task)));
                changes.add(Change.Delete.of(service));
            }
        }
        if (!changes.isEmpty()) {
            commit(changes);
        }
    }

    private static long replicas(Service service) {
        return switch (service.spec().modeOrDefault()) {
            case ServiceMode.Replicated mode -> mode.replicasOrDefault();
            case ServiceMode.Global _, ServiceMode.GlobalJob _ -> 1;
            case ServiceMode.ReplicatedJob job -> job.totalCompletions() == null ? 1 : job.totalCompletions();
        };
    }

    public Task running(Service service, long slot) {
        String containerId = String.format("%064x", ++counter);
        return new Task(id("task"), Meta.created(Instant.now()), service.id(), service.target(), slot, NODE,
                TaskState.RUNNING,
                new TaskStatus(TaskState.RUNNING, Instant.now(), "started", "", true, containerId, 4_711L, null),
                Endpoint.SERVING, List.of(new Leg(INGRESS, "10.0.0." + (10 + counter % 200), List.of())), List.of(),
                Map.of());
    }

    private static Task stopped(Task task) {
        return task.withDesired(TaskState.SHUTDOWN, Instant.now())
                .withStatus(new TaskStatus(TaskState.SHUTDOWN, Instant.now(), "shutdown", "", false,
                        task.status().containerId(), null, 143), Instant.now());
    }

    @Override
    public EventLog.@Nullable Watch watch(@Nullable Long sinceIndex, EventLog.Watcher watcher) {
        lock.lock();
        try {
            if (sinceIndex != null) {
                List<Event> missed = past.stream().filter(event -> event.index() > sinceIndex).toList();
                if (!missed.isEmpty()) {
                    watcher.committed(missed, state);
                }
            }
            watchers.add(watcher);
            return () -> watchers.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long forgottenUpTo() {
        return 0;
    }
}
