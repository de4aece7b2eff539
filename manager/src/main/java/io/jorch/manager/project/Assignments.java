package io.jorch.manager.project;

import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.Revision;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.PortConfig;
import io.jorch.manager.plan.Tasks;
import io.jorch.raft.state.ClusterState;
import java.util.ArrayList;
import java.util.List;

/// The tasks that a node is to have.
public final class Assignments {
    private Assignments() {
    }

    /// In the order of the tasks' ids. A task that ended and is to be removed is left out: that is how its node learns
    /// to clear what is left of it.
    public static List<TaskAssignment> of(ClusterState state, String nodeId) {
        List<TaskAssignment> assignments = new ArrayList<>();
        for (Task task : state.tasksOnNode(nodeId)) {
            Service service = state.services().get(task.serviceId());
            boolean over = task.desired() == TaskState.REMOVE && Tasks.ended(task);
            if (service != null && !over && task.status().state() != TaskState.PENDING
                    && service.has(task.revision())) {
                assignments.add(of(service, task));
            }
        }
        return assignments;
    }

    private static TaskAssignment of(Service service, Task task) {
        Revision revision = service.revision(task.revision());
        IdRange ids = service.ids();
        if (ids == null) {
            throw new IllegalStateException("task " + task.id() + " has a node but its service has no id range");
        }
        return new TaskAssignment(task.id(), service.id(), service.name(), service.spec().labels(),
                Tasks.name(service, task), task.slot(), desired(task), task.endpoint(), revision.spec().taskTemplate(),
                revision.image(), ids, task.legs(), task.generic(),
                service.ports().stream().map(PortConfig::targetPort).distinct().sorted().toList());
    }

    private static TaskState desired(Task task) {
        return switch (task.desired()) {
            case NEW, PENDING, ASSIGNED, ACCEPTED, PREPARING, READY -> TaskState.READY;
            case STARTING, RUNNING, COMPLETE -> TaskState.RUNNING;
            case SHUTDOWN, FAILED, REJECTED, REMOVE, ORPHANED -> TaskState.SHUTDOWN;
        };
    }
}
