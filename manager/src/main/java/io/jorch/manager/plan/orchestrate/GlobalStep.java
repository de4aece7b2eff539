package io.jorch.manager.plan.orchestrate;

import io.jorch.api.object.Node;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.Service;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ServiceMode;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.drain.Stopping;
import io.jorch.manager.plan.rollout.Revisions;
import io.jorch.manager.plan.schedule.ScheduleStep;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One task on each node that takes tasks and fits. A paused node keeps what it has. A node that is away keeps its task
/// too: nothing could stand in for it there, and when the node is back, the task most likely still runs.
public final class GlobalStep implements Step {
    @Override
    public void run(Planning planning) {
        for (Service service : planning.state().services().all()) {
            if (!service.removing() && service.spec().modeOrDefault() instanceof ServiceMode.Global) {
                spread(planning, service);
            }
        }
    }

    private static void spread(Planning planning, Service service) {
        Map<String, Slot> slots = Slot.of(planning, service);
        for (Slot slot : slots.values()) {
            if (!belongs(planning, service, slot.key())) {
                slot.tasks().stream().filter(Tasks::wanted).forEach(task -> Stopping.stop(planning, task));
            }
        }
        for (Node node : planning.state().nodes().all()) {
            @Nullable Slot slot = slots.get(node.id());
            if ((slot == null || !slot.held()) && ScheduleStep.available(node) && ScheduleStep.fits(service, node)) {
                boolean busy = slot != null && slot.busy();
                Tasks.create(planning, service, Revisions.forNewSlots(planning, service), 0, node.id(),
                        busy ? TaskState.READY : TaskState.RUNNING);
            }
        }
    }

    /// Whether the service may have a task on the node.
    public static boolean belongs(Planning planning, Service service, String nodeId) {
        Node node = planning.node(nodeId);
        return node != null && !node.spec().availability().equals("drain")
                && (node.status().state() != NodeStatus.State.READY || ScheduleStep.fits(service, node));
    }
}
