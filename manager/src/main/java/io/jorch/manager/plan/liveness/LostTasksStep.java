package io.jorch.manager.plan.liveness;

import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.plan.Modes;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.drain.Stopping;
import io.jorch.manager.plan.restart.RestartRules;
import io.jorch.manager.plan.rollout.Revisions;
import java.util.List;

/// Tasks whose node is down. Of replicated services they are replaced at once, unless the restart policy is `none`:
/// then, as in global services, they are left to the node's return. After a day they count as orphaned.
public final class LostTasksStep implements Step {
    private static final long ORPHANED_AFTER = 24 * 3_600 * Now.SECOND;

    @Override
    public void run(Planning planning) {
        for (Service service : planning.state().services().all()) {
            planning.tasksOf(service.id()).stream().filter(task -> !Tasks.ended(task) && planning.lost(task)).toList()
                    .forEach(task -> lost(planning, service, task));
        }
    }

    private static void lost(Planning planning, Service service, Task task) {
        if (planning.due(planning.sinceMark(Planning.nodeMark(task.nodeId())) + ORPHANED_AFTER)) {
            planning.put(task.withStatus(
                    TaskStatus.of(TaskState.ORPHANED, planning.now().wall(), "orphaned")
                            .withError("node " + task.nodeId() + " has been down for a day"),
                    planning.now().wall()));
        } else if (Tasks.wanted(task) && !service.removing() && !Modes.perNode(service)
                && !RestartRules.never(RestartRules.policy(service, task))) {
            Stopping.stop(planning, task);
            List<Task> others = planning.tasksOf(service.id()).stream()
                    .filter(other -> other.slotKey().equals(task.slotKey()) && !Tasks.ended(other)
                            && !planning.lost(other)).toList();
            if (others.stream().noneMatch(Tasks::staying)) {
                Tasks.create(planning, service, Revisions.forReplacement(service, task), task.slot(), "",
                        others.isEmpty() ? Modes.wanted(service) : TaskState.READY);
            }
        }
    }
}
