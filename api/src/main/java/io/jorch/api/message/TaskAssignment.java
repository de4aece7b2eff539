package io.jorch.api.message;

import io.jorch.api.json.Absent;
import io.jorch.api.object.Endpoint;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Leg;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.TaskSpec;
import java.util.List;
import java.util.Map;

/// A task as its worker needs it: all inline, nothing to ask back.
///
/// @param desired READY (prepare and wait), RUNNING, or SHUTDOWN (stop)
/// @param endpoint the worker sends the stop signal only when desired is SHUTDOWN, which managers set after the drain
/// @param name `service.slot.taskId`, or `service.nodeId.taskId` in a global service
/// @param image what to run: the digest binds, the tag is for showing
/// @param ids the host ids that the task's 0–65535 are
/// @param servedPorts the task's ports that are published: open connections to them are waited for at the end
public record TaskAssignment(String taskId, String serviceId, String serviceName, Map<String, String> serviceLabels,
        String name, long slot, TaskState desired, Endpoint endpoint, TaskSpec spec, ImagePin image, IdRange ids,
        List<Leg> legs, Map<String, List<String>> generic, List<Integer> servedPorts) {
    public TaskAssignment {
        taskId = Absent.text(taskId);
        serviceId = Absent.text(serviceId);
        serviceName = Absent.text(serviceName);
        serviceLabels = Absent.map(serviceLabels);
        name = Absent.text(name);
        legs = Absent.list(legs);
        generic = Absent.map(generic);
        servedPorts = Absent.list(servedPorts);
    }
}
