package io.jorch.manager.plan.liveness;

import io.jorch.api.object.Node;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.Mount;
import io.jorch.api.spec.ServiceMode;
import io.jorch.api.spec.UpdateConfig;
import io.jorch.api.spec.UpdateExtension;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.drain.Stopping;
import io.jorch.manager.plan.orchestrate.Slot;
import io.jorch.manager.plan.restart.RestartRules;
import io.jorch.manager.plan.rollout.Revisions;
import io.jorch.manager.plan.schedule.ScheduleStep;
import java.util.List;

/// Moves tasks of replicated services off nodes that are drained or whose labels no longer fit: the replacement is
/// healthy elsewhere before the task is stopped. A task with a volume is stopped first, as two must not write to it.
/// When the update's progress deadline has passed the task is stopped without a replacement.
public final class EvacuateStep implements Step {
    @Override
    public void run(Planning planning) {
        for (Service service : planning.state().services().all()) {
            if (!service.removing() && service.spec().modeOrDefault() instanceof ServiceMode.Replicated
                    && planning.tasksOf(service.id()).stream().anyMatch(task -> misplaced(planning, service, task))) {
                for (Slot slot : Slot.of(planning, service).values()) {
                    List<Task> misplaced = slot.tasks().stream().filter(task -> misplaced(planning, service, task))
                            .toList();
                    if (!misplaced.isEmpty()) {
                        move(planning, service, slot, misplaced);
                    }
                }
            }
        }
    }

    private static boolean misplaced(Planning planning, Service service, Task task) {
        Node node = planning.node(task.nodeId());
        return node != null && Tasks.staying(task) && task.status().state() != TaskState.PENDING && !planning.lost(task)
                && (node.spec().availability().equals("drain")
                        || node.status().ready() && service.has(task.revision())
                                && !ScheduleStep.fits(service, task.revision(), node));
    }

    private static void move(Planning planning, Service service, Slot slot, List<Task> misplaced) {
        Task newest = misplaced.getLast();
        List<Task> others = slot.tasks().stream().filter(Tasks::staying).filter(task -> !misplaced.contains(task))
                .toList();
        boolean relieved = others.stream().anyMatch(Tasks::healthy);
        boolean serving = misplaced.stream().anyMatch(Tasks::healthy);
        long drained = planning.sinceMark(Planning.nodeMark(newest.nodeId()));
        if (relieved || !serving || stopFirst(service, newest)
                || planning.due(drained + deadline(service))) {
            misplaced.forEach(task -> Stopping.stop(planning, task));
            if (others.isEmpty()) {
                create(planning, service, newest, TaskState.READY);
            }
        } else if (others.isEmpty() && delayOver(planning, service, slot, newest)) {
            create(planning, service, newest, TaskState.RUNNING);
        }
    }

    private static void create(Planning planning, Service service, Task replaced, TaskState desired) {
        Tasks.create(planning, service, Revisions.forReplacement(service, replaced), replaced.slot(), "", desired);
    }

    /// A replacement that failed is tried again no sooner than any other task that failed.
    private static boolean delayOver(Planning planning, Service service, Slot slot, Task misplaced) {
        Task ended = slot.newestEndedByItself();
        return ended == null || Tasks.BY_AGE.compare(ended, misplaced) < 0
                || planning.due(planning.since(ended) + RestartRules.delay(planning, service, ended));
    }

    private static boolean stopFirst(Service service, Task task) {
        return service.has(task.revision()) && service.revision(task.revision()).spec().taskTemplate().containerSpec()
                .mounts().stream().map(Mount::type).anyMatch("volume"::equals);
    }

    private static long deadline(Service service) {
        UpdateConfig config = service.spec().updateConfig();
        Long deadline = config == null ? null : config.extension().progressDeadline();
        return deadline == null ? UpdateExtension.DEFAULT_PROGRESS_DEADLINE : deadline;
    }
}
