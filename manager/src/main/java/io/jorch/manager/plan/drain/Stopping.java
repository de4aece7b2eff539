package io.jorch.manager.plan.drain;

import io.jorch.api.object.Endpoint;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Tasks;
import java.time.Instant;

/// How a task is stopped: a running one leaves the balancers first, and [EndpointDrainStep] sees it through; one that
/// no balancer ever had goes straight.
public final class Stopping {
    private Stopping() {
    }

    /// Begins to stop a task; nothing happens when it is leaving already.
    public static void stop(Planning planning, Task task) {
        if (!Tasks.wanted(task)) {
            return;
        }
        if (Tasks.ended(task)) {
            planning.put(task.withDesired(TaskState.SHUTDOWN, planning.now().wall()));
        } else if (task.status().state() != TaskState.RUNNING || task.legs().isEmpty() || planning.lost(task)) {
            release(planning, task);
        } else {
            planning.put(task.withEndpoint(Endpoint.DRAINING, planning.now().wall()));
        }
    }

    /// No balancer has it any more: it may be stopped. One that no node has is gone at once.
    static void release(Planning planning, Task task) {
        Instant wall = planning.now().wall();
        if (task.status().state() == TaskState.PENDING) {
            planning.delete(task);
        } else {
            Endpoint released = new Endpoint(Endpoint.Phase.RELEASED, task.endpoint().epoch());
            planning.put(task.withEndpoint(released, wall).withDesired(TaskState.SHUTDOWN, wall));
        }
    }
}
