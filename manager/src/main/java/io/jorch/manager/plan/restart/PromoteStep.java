package io.jorch.manager.plan.restart;

import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.plan.Modes;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.orchestrate.Slot;
import io.jorch.manager.plan.rollout.Revisions;

/// Starts tasks that were only prepared so far: once whatever ran in their slot has ended, and the restart delay has
/// passed. Who doesn't end within its grace period and a minute more is not waited for, nor who is on a lost node.
public final class PromoteStep implements Step {
    private static final long STOP_SLACK = 60 * Now.SECOND;

    @Override
    public void run(Planning planning) {
        for (Service service : planning.state().services().all()) {
            if (!service.removing() && planning.tasksOf(service.id()).stream().anyMatch(PromoteStep::waits)) {
                for (Slot slot : Slot.of(planning, service).values()) {
                    slot.tasks().stream().filter(PromoteStep::waits)
                            .filter(task -> free(planning, service, slot, task)
                                    && delayed(planning, service, slot, task))
                            .forEach(task -> planning.put(
                                    task.withDesired(Modes.wanted(service), planning.now().wall())));
                }
            }
        }
    }

    private static boolean waits(Task task) {
        return Tasks.staying(task) && task.desired() == TaskState.READY;
    }

    private static boolean free(Planning planning, Service service, Slot slot, Task task) {
        boolean free = true;
        for (Task other : slot.tasks()) {
            if (!other.id().equals(task.id()) && !Tasks.ended(other) && !planning.lost(other)) {
                boolean stopping = other.desired().compareTo(TaskState.SHUTDOWN) >= 0;
                free &= stopping && planning.due(planning.since(other) + grace(service, other) + STOP_SLACK);
            }
        }
        return free;
    }

    /// The delay counts for the newest that ended by itself, if the task is its replacement and no newer version.
    private static boolean delayed(Planning planning, Service service, Slot slot, Task task) {
        Task ended = slot.newestEndedByItself();
        if (ended == null || !service.has(ended.revision()) || Revisions.differ(service.revision(ended.revision()),
                service.revision(task.revision()))) {
            return true;
        }
        return planning.due(planning.since(ended) + RestartRules.delay(planning, service, ended));
    }

    private static long grace(Service service, Task task) {
        return service.has(task.revision())
                ? service.revision(task.revision()).spec().taskTemplate().containerSpec().stopGracePeriodOrDefault()
                : 0;
    }
}
