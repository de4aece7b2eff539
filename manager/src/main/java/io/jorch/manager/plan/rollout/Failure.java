package io.jorch.manager.plan.rollout;

import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.plan.Mark;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.orchestrate.Slot;
import io.jorch.manager.plan.restart.RestartRules;
import org.jspecify.annotations.Nullable;

/// How a slot's new task failed, in words that name it.
final class Failure {
    private Failure() {
    }

    /// A new task ended within the monitor window after it had come up, or before; null: none did. What ended before
    /// the rollout last changed has been counted.
    static @Nullable String ofTask(Planning planning, Service service, Slot slot, Rollout rollout, long monitor) {
        long counted = planning.sinceMark(Planning.rolloutMark(service.id()));
        for (Task task : slot.tasks()) {
            if (!Revisions.dirty(service, task) && task.revision() > rollout.from() && Tasks.endedByItself(task)
                    && counts(service, task) && planning.since(task) >= counted) {
                long runningSince = planning.runningSince(task);
                if (runningSince == Mark.NEVER || planning.since(task) - runningSince <= monitor) {
                    return "failure or early termination of task " + Tasks.name(service, task) + ": "
                            + Tasks.reason(task);
                }
            }
        }
        return null;
    }

    /// A task that completes has failed only when it is one that is to be restarted then.
    private static boolean counts(Service service, Task task) {
        return switch (task.status().state()) {
            case FAILED, REJECTED -> true;
            case COMPLETE -> RestartRules.restartsOnSuccess(service, task);
            case NEW, PENDING, ASSIGNED, ACCEPTED, PREPARING, READY, STARTING, RUNNING, SHUTDOWN, REMOVE, ORPHANED ->
                false;
        };
    }

    /// The slot's new task is not healthy though the deadline has passed.
    static String late(Planning planning, Service service, Slot slot, long deadline) {
        Task task = slot.tasks().stream().filter(one -> Tasks.staying(one) && !Revisions.dirty(service, one))
                .reduce((_, later) -> later).orElse(null);
        String after = " within " + deadline / Now.SECOND + " s";
        if (task == null) {
            return "slot " + slot.key() + " had no healthy task" + after;
        }
        TaskState state = planning.seen(task);
        TaskStatus heard = planning.observed().fleeting().get(task.id());
        TaskStatus status = heard != null && heard.state() == state ? heard : task.status();
        String reason = !status.error().isEmpty() ? status.error() : status.message();
        return "task " + Tasks.name(service, task) + " not being healthy" + after + ": it is " + state.apiName()
                + (reason.isEmpty() || reason.equals(state.apiName()) ? "" : " (" + reason + ")");
    }
}
