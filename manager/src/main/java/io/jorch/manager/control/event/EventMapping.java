package io.jorch.manager.control.event;

import io.jorch.api.docker.EventMessage;
import io.jorch.api.docker.TaskView;
import io.jorch.api.docker.UpdateStatusView;
import io.jorch.api.object.Network;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.object.StoredObject;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ServiceMode;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.raft.state.ClusterState;
import io.jorch.raft.state.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Committed changes as Docker's events (moby, `daemon/cluster/events`, `daemon/events.go`). Pure. A task is told of as
/// the container that it is, with the labels that Swarm gives one.
final class EventMapping {
    private EventMapping() {
    }

    /// @param state that the change led to, for names
    /// @param removedAt the time of a removal, which has none of its own
    static List<EventMessage> of(Event event, ClusterState state, Instant removedAt) {
        @Nullable StoredObject any = event.after() == null ? event.before() : event.after();
        Instant at = event.after() == null ? removedAt : event.after().meta().updatedAt();
        List<EventMessage> messages = switch (any) {
            case null -> List.of();
            case Service _ -> service((Service) event.before(), (Service) event.after(), at);
            case Rollout _ -> rollout((Rollout) event.before(), (Rollout) event.after(), state, at);
            case Node _ -> node((Node) event.before(), (Node) event.after(), at);
            case Network network -> List.of(message("network", event.before() == null
                    ? "create"
                    : event.after() == null ? "remove" : "update", network.id(), Map.of("name", network.spec().name()), at));
            case Task _ -> task((Task) event.before(), (Task) event.after(), state, at);
            case io.jorch.api.object.Cluster _, io.jorch.api.object.AddressBlock _,
                    io.jorch.api.object.RestartHistory _ -> List.of();
        };
        return messages.stream().map(message -> message.at(event.index())).toList();
    }

    private static EventMessage message(String type, String action, String id, Map<String, String> attributes,
            Instant at) {
        return EventMessage.of(type, action, new EventMessage.Actor(id, attributes), "swarm", at);
    }

    private static List<EventMessage> service(@Nullable Service before, @Nullable Service after, Instant at) {
        if (before == null && after != null) {
            return List.of(message("service", "create", after.id(), Map.of("name", after.name()), at));
        }
        if (before == null || before.removing()) {
            return List.of();
        }
        if (after == null || after.removing()) {
            return List.of(message("service", "remove", before.id(), Map.of("name", before.name()), at));
        }
        Map<String, String> attributes = new TreeMap<>(Map.of("name", after.name()));
        change(attributes, "image", image(before.spec()), image(after.spec()));
        change(attributes, "replicas", replicas(before.spec()), replicas(after.spec()));
        return List.of(message("service", "update", after.id(), attributes, at));
    }

    private static void change(Map<String, String> attributes, String name, String before, String after) {
        if (!before.equals(after)) {
            attributes.put(name + ".new", after);
            if (!before.isEmpty()) {
                attributes.put(name + ".old", before);
            }
        }
    }

    private static String image(ServiceSpec spec) {
        return spec.taskTemplate().containerSpec().image();
    }

    private static String replicas(ServiceSpec spec) {
        return spec.modeOrDefault() instanceof ServiceMode.Replicated mode ? Long.toString(mode.replicasOrDefault()) : "";
    }

    private static List<EventMessage> rollout(@Nullable Rollout before, @Nullable Rollout after, ClusterState state,
            Instant at) {
        if (after == null || before != null && before.state() == after.state() && before.to() == after.to()) {
            return List.of();
        }
        Service service = state.services().get(after.id());
        if (service == null) {
            return List.of();
        }
        Map<String, String> attributes = new TreeMap<>(Map.of("name", service.name()));
        change(attributes, "updatestate", before == null ? "" : UpdateStatusView.name(before.state()),
                UpdateStatusView.name(after.state()));
        return List.of(message("service", "update", service.id(), attributes, at));
    }

    private static List<EventMessage> node(@Nullable Node before, @Nullable Node after, Instant at) {
        if (before == null && after != null) {
            return List.of(message("node", "create", after.id(), named(after), at));
        }
        if (before == null) {
            return List.of();
        }
        if (after == null) {
            return List.of(message("node", "remove", before.id(), named(before), at));
        }
        if (before.spec().equals(after.spec()) && before.status().state() == after.status().state()) {
            return List.of();
        }
        Map<String, String> attributes = named(after);
        change(attributes, "availability", before.spec().availability(), after.spec().availability());
        change(attributes, "role", before.spec().role(), after.spec().role());
        change(attributes, "state", before.status().state().name().toLowerCase(Locale.ROOT),
                after.status().state().name().toLowerCase(Locale.ROOT));
        return List.of(message("node", "update", after.id(), attributes, at));
    }

    private static Map<String, String> named(Node node) {
        NodeDescription description = node.description();
        Map<String, String> attributes = new TreeMap<>();
        if (description != null && !description.hostname().isEmpty()) {
            attributes.put("name", description.hostname());
        }
        return attributes;
    }

    private static List<EventMessage> task(@Nullable Task before, @Nullable Task after, ClusterState state,
            Instant at) {
        List<EventMessage> messages = new ArrayList<>();
        if (after != null && !after.status().containerId().isEmpty()) {
            TaskState now = after.status().state();
            TaskState then = before == null ? TaskState.NEW : before.status().state();
            if (before == null || before.status().containerId().isEmpty()) {
                messages.add(container("create", after, state, at));
            }
            if (now.atLeast(TaskState.RUNNING) && !then.atLeast(TaskState.RUNNING)) {
                messages.add(container("start", after, state, at));
            }
            if (now.terminal() && !then.terminal()) {
                messages.add(container("die", after, state, at));
            }
        } else if (after == null && before != null && !before.status().containerId().isEmpty()) {
            messages.add(container("destroy", before, state, at));
        }
        return messages;
    }

    private static EventMessage container(String action, Task task, ClusterState state, Instant at) {
        Map<String, String> attributes = new TreeMap<>(Map.of("com.docker.swarm.node.id", task.nodeId(),
                "com.docker.swarm.service.id", task.serviceId(), "com.docker.swarm.task.id", task.id()));
        Service service = state.services().get(task.serviceId());
        if (service != null && service.has(task.revision())) {
            attributes.put("com.docker.swarm.service.name", service.name());
            attributes.put("com.docker.swarm.task.name", TaskView.name(task, service));
            attributes.put("name", TaskView.name(task, service));
            attributes.put("image", service.revision(task.revision()).image().pinned());
        }
        if (action.equals("die") && task.status().exitCode() != null) {
            attributes.put("exitCode", Integer.toString(task.status().exitCode()));
        }
        return message("container", action, task.status().containerId(), attributes, at);
    }
}
