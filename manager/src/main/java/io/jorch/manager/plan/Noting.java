package io.jorch.manager.plan;

import io.jorch.api.object.Node;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.StoredObject;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.raft.state.ClusterState;
import io.jorch.raft.state.Table;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/// Finds what differs between two states and renews its marks: objects that are the same instance are passed over.
final class Noting {
    private final Now now;
    private PMap<String, Mark> marks;
    private PMap<String, TaskStatus> fleeting;

    /// What of a task starts its time anew.
    private record TaskPhase(TaskState state, TaskState desired, Object endpointPhase, boolean ready) {
    }

    Noting(ClusterState before, ClusterState after, Now now, PMap<String, Mark> marks,
            PMap<String, TaskStatus> fleeting) {
        this.now = now;
        this.marks = marks;
        this.fleeting = fleeting;
        compare(before.tasks(), after.tasks(), this::task, id -> {
            this.marks = this.marks.minus(id);
            this.fleeting = this.fleeting.minus(id);
        });
        compare(before.rollouts(), after.rollouts(), this::rollout, id -> {
            this.marks = this.marks.minus(Planning.rolloutMark(id)).minus(Planning.batchMark(id));
        });
        compare(before.nodes(), after.nodes(), this::node, id -> {
            this.marks = this.marks.minus(Planning.nodeMark(id));
        });
    }

    PMap<String, Mark> marks() {
        return marks;
    }

    PMap<String, TaskStatus> fleeting() {
        return fleeting;
    }

    private void task(Task task) {
        TaskState state = task.status().state();
        TaskPhase phase = new TaskPhase(state, task.desired(), task.endpoint().phase(), task.status().ready());
        Mark before = marks.get(task.id());
        if (before == null || !before.what().equals(phase)) {
            boolean up = state == TaskState.RUNNING && task.status().ready();
            long runningSince = before != null && before.runningSince() != Mark.NEVER
                    ? before.runningSince()
                    : up ? now.nanos() : Mark.NEVER;
            marks = marks.plus(task.id(), new Mark(phase, now.nanos(), runningSince));
        }
        TaskStatus fleetingStatus = fleeting.get(task.id());
        if (fleetingStatus != null && state.atLeast(fleetingStatus.state())) {
            fleeting = fleeting.minus(task.id());
        }
    }

    private void rollout(Rollout rollout) {
        int batch = rollout.slots().values().stream().mapToInt(Rollout.Slot::batch).max().orElse(0);
        mark(Planning.rolloutMark(rollout.id()),
                List.of(rollout.to(), rollout.state(), rollout.slots()));
        mark(Planning.batchMark(rollout.id()), List.of(rollout.to(), rollout.state(), batch));
    }

    private void node(Node node) {
        mark(Planning.nodeMark(node.id()),
                List.of(node.spec(), node.status().state()));
    }

    private void mark(String key, Object what) {
        Mark before = marks.get(key);
        if (before == null || !before.what().equals(what)) {
            marks = marks.plus(key, new Mark(what, now.nanos(), Mark.NEVER));
        }
    }

    /// Walks both tables once, side by side, in the order of their ids.
    private static <T extends StoredObject> void compare(Table<T> before, Table<T> after, Consumer<T> changed,
            Consumer<String> gone) {
        if (before == after) {
            return;
        }
        Iterator<T> olds = before.all().iterator();
        @Nullable T old = olds.hasNext() ? olds.next() : null;
        for (T object : after.all()) {
            while (old != null && old.id().compareTo(object.id()) < 0) {
                gone.accept(old.id());
                old = olds.hasNext() ? olds.next() : null;
            }
            if (old != object) {
                changed.accept(object);
            }
            if (old != null && old.id().equals(object.id())) {
                old = olds.hasNext() ? olds.next() : null;
            }
        }
        while (old != null) {
            gone.accept(old.id());
            old = olds.hasNext() ? olds.next() : null;
        }
    }
}
