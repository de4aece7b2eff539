package io.jorch.manager.plan;

import io.jorch.api.object.Cluster;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.Service;
import io.jorch.api.object.StoredObject;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.raft.state.ClusterState;
import io.jorch.raft.state.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One planning under way: the draft that the steps work on, and what they need to know. Lives within one call of
/// [Planner#plan], on its thread.
public final class Planning {
    private final Draft draft;
    private final Observed observed;
    private final Now now;
    private final IdSource ids;
    private final Map<String, List<ImagePin>> fetch = new TreeMap<>();
    private final List<String> events = new ArrayList<>();
    private @Nullable Map<String, List<Task>> tasksByService;
    private long wakeAt = Plan.NEVER;

    public Planning(ClusterState state, Observed observed, Now now, IdSource ids) {
        this.draft = new Draft(state);
        this.observed = observed;
        this.now = now;
        this.ids = ids;
    }

    /// The state with everything planned so far.
    public ClusterState state() {
        return draft.state();
    }

    public Observed observed() {
        return observed;
    }

    public Now now() {
        return now;
    }

    public String newId() {
        return ids.next();
    }

    public @Nullable Cluster cluster() {
        return state().cluster();
    }

    public void put(StoredObject object) {
        if (object instanceof Task task) {
            forget(task.serviceId());
        }
        draft.put(object);
    }

    public void delete(StoredObject object) {
        if (object instanceof Task task) {
            forget(task.serviceId());
        }
        draft.delete(object);
    }

    /// A service's tasks, in the order of their ids. The first call reads the whole table once: cheaper than the index
    /// when every service is looked at.
    public List<Task> tasksOf(String serviceId) {
        Map<String, List<Task>> known = tasksByService;
        if (known == null) {
            known = new HashMap<>();
            for (Task task : state().tasks().all()) {
                known.computeIfAbsent(task.serviceId(), _ -> new ArrayList<>()).add(task);
            }
            for (Service service : state().services().all()) {
                known.putIfAbsent(service.id(), List.of());
            }
            tasksByService = known;
        }
        List<Task> found = known.get(serviceId);
        if (found == null) {
            found = state().tasksOfService(serviceId);
            known.put(serviceId, found);
        }
        return found;
    }

    private void forget(String serviceId) {
        if (tasksByService != null) {
            tasksByService.remove(serviceId);
        }
    }

    /// Nobody holds the claim, neither before this plan nor in it, but maybe `id` itself. What this plan frees is not
    /// free yet, so that the plan's transactions are valid in whatever order they are cut.
    public boolean free(String claim, String id) {
        String before = draft.base().holderOf(claim);
        return (before == null || before.equals(id)) && draft.holderOtherThan(claim, id) == null;
    }

    /// How far a task is, by the newest that was heard.
    public TaskState seen(Task task) {
        TaskState committed = task.status().state();
        TaskStatus heard = observed.fleeting().get(task.id());
        return heard != null && heard.state().compareTo(committed) > 0 ? heard.state() : committed;
    }

    /// Since when the task has been in its present state, desired state and endpoint phase; now, when it is new.
    public long since(Task task) {
        return sinceMark(task.id());
    }

    /// When the task was first seen running and ready, or [Mark#NEVER].
    public long runningSince(Task task) {
        Mark mark = observed.marks().get(task.id());
        return mark == null ? Mark.NEVER : mark.runningSince();
    }

    public long sinceMark(String key) {
        Mark mark = observed.marks().get(key);
        return mark == null ? now.nanos() : mark.since();
    }

    /// Marks when a rollout last changed.
    public static String rolloutMark(String serviceId) {
        return "rollout/" + serviceId;
    }

    /// Marks when a rollout's newest batch began.
    public static String batchMark(String serviceId) {
        return "batch/" + serviceId;
    }

    /// Marks when a node's spec or state last changed.
    public static String nodeMark(String nodeId) {
        return "node/" + nodeId;
    }

    /// Whether the deadline has passed; if not, planning is due again then.
    public boolean due(long deadline) {
        if (now.nanos() >= deadline) {
            return true;
        }
        wakeAt = Math.min(wakeAt, deadline);
        return false;
    }

    /// The node, or null when it is none or was removed.
    public @Nullable Node node(String nodeId) {
        return nodeId.isEmpty() ? null : state().nodes().get(nodeId);
    }

    /// The task's node is down or was removed: nothing can be asked of it.
    public boolean lost(Task task) {
        if (task.nodeId().isEmpty()) {
            return false;
        }
        Node node = node(task.nodeId());
        return node == null || node.status().state() == NodeStatus.State.DOWN;
    }

    public void fetch(String nodeId, ImagePin image) {
        List<ImagePin> images = fetch.computeIfAbsent(nodeId, _ -> new ArrayList<>());
        if (!images.contains(image)) {
            images.add(image);
        }
    }

    public void event(String line) {
        events.add(line);
    }

    Plan plan() {
        return new Plan(draft.changes(), wakeAt, fetch, events);
    }
}
