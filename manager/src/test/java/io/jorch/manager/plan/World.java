package io.jorch.manager.plan;

import io.jorch.api.message.AgentMessage.TaskReport;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Meta;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.StoredObject;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.api.spec.NodeSpec;
import io.jorch.api.spec.Platform;
import io.jorch.api.spec.SwarmSpec;
import io.jorch.manager.command.Command;
import io.jorch.manager.command.CommandChanges;
import io.jorch.manager.command.Commands;
import io.jorch.manager.command.FirstState;
import io.jorch.manager.dispatch.SessionEvent;
import io.jorch.raft.state.Applied;
import io.jorch.raft.state.Change;
import io.jorch.raft.state.ClusterState;
import io.jorch.raft.state.Transaction;
import io.jorch.raft.state.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A cluster without machines: a state, a leader's knowledge, a clock that is moved by hand.
final class World {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    final List<String> events = new ArrayList<>();
    final Map<String, List<ImagePin>> asked = new TreeMap<>();
    /// Nodes whose acknowledgement of network epochs is held back.
    final TreeSet<String> holding = new TreeSet<>();
    /// Nodes that send no heartbeats.
    final TreeSet<String> silent = new TreeSet<>();
    ClusterState state = ClusterState.EMPTY;
    Observed observed;
    long nanos = 1_000 * Now.SECOND;
    long wakeAt = Plan.NEVER;
    Consumer<Change> onChange = _ -> {
    };
    Consumer<World> afterApply = _ -> {
    };
    private long term = 1;
    private long counter;

    World(String... nodeIds) {
        observed = Observed.starting(now());
        List<Change> first = new FirstState("cluster", new SwarmSpec("default", Map.of(), null, null, null, null, null,
                null), List.of(), 0, FirstState.DEFAULT_ID_POOL, "ingress", "SWMTKN-1-ca-w", "SWMTKN-1-ca-m",
                "manager", description(4_000, 8_192, Map.of()), "manager").changes(now());
        // The tests name all their nodes themselves.
        apply(first.stream().filter(change -> change.kind() != StoredObject.Kind.NODE).toList());
        for (String id : nodeIds) {
            addNode(id, description(4_000, 8_192, Map.of()), Map.of());
        }
    }

    static NodeDescription description(long milliCpus, long mebibytes, Map<String, String> engineLabels) {
        return new NodeDescription("host", new Platform("x86_64", "linux"), milliCpus * 1_000_000,
                mebibytes << 20, List.of(), "1", engineLabels, List.of());
    }

    Now now() {
        return new Now(START.plusNanos(nanos), nanos);
    }

    String newId() {
        String number = Long.toString(++counter, 36);
        return "0".repeat(25 - number.length()) + number;
    }

    void addNode(String id, NodeDescription description, Map<String, String> labels) {
        apply(List.of(new Change.Put(new Node(id, Meta.created(now().wall()),
                new NodeSpec("", labels, "worker", "active"), description,
                new NodeStatus(NodeStatus.State.UNKNOWN, ""), id))));
        register(id);
    }

    /// A session begins, with everything that the state thinks the node has.
    void register(String id) {
        List<TaskReport> reports = state.tasksOnNode(id).stream()
                .filter(task -> task.status().state() != TaskState.PENDING && task.status().state() != TaskState.ASSIGNED)
                .map(task -> new TaskReport(task.id(), task.status(), false)).toList();
        Node node = state.nodes().get(id);
        observed = observed.hearing(new SessionEvent.Registered(id, node.description(), node.address(), reports, 0),
                now());
        silent.remove(id);
    }

    CommandChanges submit(Command command) {
        CommandChanges changes = Commands.changes(command, state, now(), this::newId);
        if (!changes.changes().isEmpty()) {
            apply(changes.changes());
        }
        return changes;
    }

    void apply(List<Change> changes) {
        Applied applied = Applied.apply(state, state.index() + 1, term, new Transaction(term, changes));
        if (applied.verdict() instanceof Verdict.Refused refused) {
            throw new AssertionError("refused: " + refused + " of " + changes);
        }
        state = applied.state();
        for (Change change : changes) {
            onChange.accept(change);
        }
        afterApply.accept(this);
    }

    /// A worker tells of its task; what is not fleeting is committed, as the leader loop does it.
    void report(Task task, TaskState newState, boolean ready, String error, @Nullable Integer exitCode) {
        TaskStatus status = new TaskStatus(newState, now().wall(), newState.apiName(), error, ready, "", null, exitCode);
        observed = observed.hearing(new SessionEvent.Reported(task.nodeId(),
                List.of(new TaskReport(task.id(), status, false))), now());
        Task stored = state.tasks().get(task.id());
        if (!newState.fleeting() && stored != null && newState.atLeast(stored.status().state())) {
            apply(List.of(new Change.Put(stored.withStatus(status, now().wall()))));
        }
    }

    void removed(String nodeId, String taskId) {
        TaskStatus status = TaskStatus.of(TaskState.SHUTDOWN, now().wall(), "");
        observed = observed.hearing(new SessionEvent.Reported(nodeId, List.of(new TaskReport(taskId, status, true))),
                now());
    }

    void fetched(String nodeId, String image, String error) {
        observed = observed.hearing(new SessionEvent.ImageFetched(nodeId, image, error), now());
    }

    void gone(String nodeId) {
        observed = observed.hearing(new SessionEvent.Gone(nodeId, false, "reset"), now());
    }

    /// Another member leads from now on: it knows the state only, and nodes register with it in time.
    void newLeader() {
        term++;
        observed = Observed.starting(now());
    }

    /// Heartbeats and acknowledgements of all that are neither silent nor holding back.
    void beat() {
        for (String nodeId : List.copyOf(observed.nodes().keySet())) {
            NodeView view = observed.node(nodeId);
            if (view != null && view.live() && !silent.contains(nodeId)) {
                observed = observed.hearing(new SessionEvent.Heard(nodeId), now());
                if (!holding.contains(nodeId)) {
                    observed = observed.hearing(new SessionEvent.NetworksApplied(nodeId, state.index()), now());
                }
            }
        }
    }

    /// One call of the planner, committed.
    Plan plan() {
        observed = observed.noting(state, now());
        Plan plan = Planner.plan(state, observed, now(), this::newId);
        wakeAt = plan.wakeAt();
        plan.fetch().forEach((node, images) -> asked.put(node, images));
        observed = observed.asking(plan, now());
        events.addAll(plan.events());
        if (!plan.changes().isEmpty()) {
            apply(plan.changes());
        }
        return plan;
    }

    /// Plans until there is nothing to change.
    void settlePlans() {
        for (int round = 0; round < 50; round++) {
            beat();
            if (plan().changes().isEmpty()) {
                return;
            }
        }
        throw new AssertionError("the planner changes something at every call");
    }

    /// Lets time pass, waking the planner when it asked for it.
    void pass(long duration) {
        long end = nanos + duration;
        settlePlans();
        while (nanos < end) {
            long step = Math.min(end, Math.max(nanos + 1, wakeAt));
            // Heartbeats come each second, so time moves by no more than that.
            nanos = Math.min(step, nanos + Now.SECOND);
            settlePlans();
        }
    }
}
