package io.jorch.manager.plan.orchestrate;

import io.jorch.api.object.Node;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ServiceMode;
import io.jorch.manager.plan.Modes;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.drain.Stopping;
import io.jorch.manager.plan.restart.RestartStep;
import io.jorch.manager.plan.rollout.Revisions;
import io.jorch.manager.plan.schedule.ScheduleStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Jobs run until each of their slots has completed once; a success is not repeated, a failure by the restart policy.
/// An update that changes the task starts the whole job anew, at once: a job has no rollout.
public final class JobStep implements Step {
    @Override
    public void run(Planning planning) {
        for (Service service : planning.state().services().all()) {
            if (!service.removing()) {
                switch (service.spec().modeOrDefault()) {
                    case ServiceMode.ReplicatedJob job -> replicated(planning, service, job);
                    case ServiceMode.GlobalJob _ -> global(planning, service);
                    case ServiceMode.Replicated _, ServiceMode.Global _ -> {
                    }
                }
            }
        }
    }

    private static void replicated(Planning planning, Service service, ServiceMode.ReplicatedJob job) {
        long concurrent = job.maxConcurrent() == null ? 1 : job.maxConcurrent();
        Long asked = job.totalCompletions();
        long total = asked == null ? concurrent : asked;
        Map<String, Slot> slots = clean(planning, service, total);
        long running = slots.values().stream().filter(slot -> slot.tasks().stream().anyMatch(Tasks::staying)).count();
        for (long number = 1; number <= total && running < concurrent; number++) {
            @Nullable Slot slot = slots.get(Long.toString(number));
            if (slot == null || !slot.held()) {
                create(planning, service, slot, number, "");
                running++;
            }
        }
    }

    private static void global(Planning planning, Service service) {
        Map<String, Slot> slots = clean(planning, service, 0);
        for (Node node : planning.state().nodes().all()) {
            @Nullable Slot slot = slots.get(node.id());
            if ((slot == null || !slot.held()) && ScheduleStep.available(node) && ScheduleStep.fits(service, node)) {
                create(planning, service, slot, 0, node.id());
            }
        }
    }

    private static void create(Planning planning, Service service, @Nullable Slot slot, long number, String nodeId) {
        boolean busy = slot != null && slot.busy();
        Tasks.create(planning, service, service.target(), number, nodeId,
                busy ? TaskState.READY : Modes.wanted(service));
    }

    /// The slots, after what is of an older version, of no slot any more or on a drained node was told to stop, and
    /// failures were replaced.
    private static Map<String, Slot> clean(Planning planning, Service service, long total) {
        boolean perNode = Modes.perNode(service);
        for (Slot slot : Slot.of(planning, service).values()) {
            boolean surplus = !perNode && slot.number() > total;
            List<Task> kept = new ArrayList<>();
            for (Task task : slot.tasks()) {
                if (Tasks.wanted(task) && (surplus || Revisions.dirty(service, task)
                        || Tasks.staying(task) && drained(planning, task))) {
                    Stopping.stop(planning, task);
                } else if (Tasks.resting(task) && task.status().state() != TaskState.COMPLETE) {
                    kept.add(task);
                }
            }
            kept.forEach(task -> RestartStep.replace(planning, service, slot, task));
        }
        return Slot.of(planning, service);
    }

    private static boolean drained(Planning planning, Task task) {
        Node node = planning.node(task.nodeId());
        return node != null && node.spec().availability().equals("drain");
    }
}
