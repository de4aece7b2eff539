package io.jorch.manager.plan.restart;

import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.plan.Modes;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.orchestrate.GlobalStep;
import io.jorch.manager.plan.orchestrate.Slot;
import io.jorch.manager.plan.rollout.Revisions;

/// Replaces tasks that ended by themselves, where their restart policy says so: the replacement is prepared at once and
/// started by [PromoteStep]. A task that isn't replaced keeps its slot, so that nothing else fills it.
public final class RestartStep implements Step {
    @Override
    public void run(Planning planning) {
        for (Service service : planning.state().services().all()) {
            if (!service.removing() && !Modes.job(service)
                    && planning.tasksOf(service.id()).stream().anyMatch(Tasks::resting)) {
                Slot.of(planning, service).values().forEach(slot -> slot.tasks().stream().filter(Tasks::resting)
                        .forEach(ended -> replace(planning, service, slot, ended)));
            }
        }
    }

    /// Deals with a task that ended by itself.
    public static void replace(Planning planning, Service service, Slot slot, Task ended) {
        boolean global = ended.slot() == 0;
        boolean covered = slot.tasks().stream().anyMatch(Tasks::staying);
        if (covered || global && !GlobalStep.belongs(planning, service, ended.nodeId())) {
            planning.put(ended.withDesired(TaskState.SHUTDOWN, planning.now().wall()));
        } else if (RestartRules.restarts(planning, service, ended)) {
            planning.put(ended.withDesired(TaskState.SHUTDOWN, planning.now().wall()));
            if (ended.status().state() != TaskState.ORPHANED) {
                RestartRules.record(planning, service, ended);
            }
            Tasks.create(planning, service, Revisions.forReplacement(service, ended), ended.slot(),
                    global ? ended.nodeId() : "", TaskState.READY);
        }
    }
}
