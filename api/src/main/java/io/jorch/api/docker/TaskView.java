package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Network;
import io.jorch.api.object.Revision;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.spec.GenericResource;
import io.jorch.api.spec.TaskSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Docker's `Task`.
///
/// @param name `service.slot.id`, in a global service `service.node.id`: what the task is called everywhere
/// @param spec of the task's revision; its image is what the node runs, with the digest
/// @param jobIteration only of a job's task
public record TaskView(@JsonProperty("ID") String id, ObjectVersion version, Instant createdAt, Instant updatedAt,
        String name, Map<String, String> labels, TaskSpec spec, @JsonProperty("ServiceID") String serviceId,
        @Nullable Long slot, @JsonProperty("NodeID") String nodeId,
        List<GenericResource> assignedGenericResources, TaskStatusView status, String desiredState,
        List<NetworkAttachmentView> networksAttachments, @Nullable ObjectVersion jobIteration) {
    public TaskView {
        name = Absent.text(name);
        labels = Absent.map(labels);
        nodeId = Absent.text(nodeId);
        assignedGenericResources = Absent.list(assignedGenericResources);
        networksAttachments = Absent.list(networksAttachments);
    }

    /// @param task with its newest status
    /// @param revision of the service that the task is of
    /// @param network by its id, or null
    public static TaskView of(Task task, Service service, Revision revision,
            Function<String, @Nullable Network> network) {
        TaskSpec template = revision.spec().taskTemplate();
        List<NetworkAttachmentView> attachments = new ArrayList<>();
        for (Leg leg : task.legs()) {
            Network joined = network.apply(leg.networkId());
            if (joined != null) {
                attachments.add(NetworkAttachmentView.of(leg, joined));
            }
        }
        return new TaskView(task.id(), ObjectVersion.of(task.meta()), task.meta().createdAt(),
                task.meta().updatedAt(), name(task, service), Map.of(),
                template.withContainerSpec(template.containerSpec().withImage(revision.image().pinned())),
                task.serviceId(), task.slot() == 0 ? null : task.slot(), task.nodeId(), generic(task),
                TaskStatusView.of(task, service), task.desired().apiName(), attachments,
                ServiceView.isJob(revision.spec()) ? new ObjectVersion(task.revision()) : null);
    }

    /// `web.1.id` or `web.node.id` (swarmkit, `api/naming`).
    public static String name(Task task, Service service) {
        return service.name() + "." + task.slotKey() + "." + task.id();
    }

    private static List<GenericResource> generic(Task task) {
        List<GenericResource> resources = new ArrayList<>();
        task.generic().forEach((kind, names) -> names
                .forEach(name -> resources.add(new GenericResource(null, new GenericResource.Named(kind, name)))));
        return resources;
    }
}
