package io.jorch.manager.plan;

import io.jorch.api.object.Endpoint;
import io.jorch.api.object.Meta;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Words for what a task is in the planner's eyes.
///
/// A task is *staying* when managers want it up and it has not ended; *leaving* when it is on its way out and may
/// still run; *resting* when it ended by itself and nobody has dealt with that: it holds its slot, for ever when its
/// restart policy says so; *past* when it ended and was dealt with.
public final class Tasks {
    /// Oldest first.
    public static final Comparator<Task> BY_AGE = Comparator.comparing((Task task) -> task.meta().createdAt())
            .thenComparing(Task::id);

    private Tasks() {
    }

    public static boolean ended(Task task) {
        return task.status().state().terminal();
    }

    public static boolean wanted(Task task) {
        return task.desired().compareTo(TaskState.SHUTDOWN) < 0 && task.endpoint().phase() == Endpoint.Phase.SERVING;
    }

    public static boolean staying(Task task) {
        return wanted(task) && !ended(task);
    }

    public static boolean leaving(Task task) {
        return !wanted(task) && !ended(task);
    }

    public static boolean resting(Task task) {
        return wanted(task) && ended(task);
    }

    /// Nobody stopped it: it ended of its own accord, whatever was made of that later.
    public static boolean endedByItself(Task task) {
        return ended(task) && task.endpoint().phase() == Endpoint.Phase.SERVING;
    }

    public static boolean failed(Task task) {
        TaskState state = task.status().state();
        return state == TaskState.FAILED || state == TaskState.REJECTED || state == TaskState.ORPHANED;
    }

    /// Up, and to be given new connections.
    public static boolean healthy(Task task) {
        return task.status().state() == TaskState.RUNNING && task.status().ready();
    }

    /// A new task, waiting for a node.
    ///
    /// @param slot 0 in global services
    /// @param nodeId of a global service: the node it is for; else where it is tried first, or empty
    /// @param desired READY: prepared, but not started until its slot is free
    public static Task create(Planning planning, Service service, long revision, long slot, String nodeId,
            TaskState desired) {
        Instant wall = planning.now().wall();
        Task task = new Task(planning.newId(), Meta.created(wall), service.id(), revision, slot, nodeId, desired,
                TaskStatus.of(TaskState.PENDING, wall, "pending task scheduling"), Endpoint.SERVING, List.of(),
                List.of(), Map.of());
        planning.put(task);
        return task;
    }

    /// `web.1.<id>`, or `web.<node id>.<id>` in a global service.
    public static String name(Service service, Task task) {
        return service.name() + "." + task.slotKey() + "." + task.id();
    }

    /// Why it failed, in the worker's words.
    public static String reason(Task task) {
        TaskStatus status = task.status();
        return !status.error().isEmpty() ? status.error() : status.message();
    }
}
