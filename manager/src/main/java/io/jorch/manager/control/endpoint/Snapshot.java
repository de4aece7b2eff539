package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.EndpointView;
import io.jorch.api.docker.ServiceStatusView;
import io.jorch.api.docker.ServiceView;
import io.jorch.api.docker.TaskView;
import io.jorch.api.object.Cluster;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskStatus;
import io.jorch.raft.state.ClusterState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The cluster at one moment, as one request sees it: the committed state, and over it the tasks' newest statuses.
///
/// @param fleeting task id → a status that isn't committed
public record Snapshot(ClusterState state, Map<String, TaskStatus> fleeting) {

    public Cluster cluster() {
        Cluster cluster = state.cluster();
        if (cluster == null) {
            throw Swarm.notPartOfSwarm();
        }
        return cluster;
    }

    /// Services that the user has not removed.
    public List<Service> services() {
        return state.services().all().stream().filter(service -> !service.removing()).toList();
    }

    public List<Task> tasks() {
        return state.tasks().all().stream().map(this::newest).toList();
    }

    public List<Task> tasksOf(Service service) {
        return state.tasksOfService(service.id()).stream().map(this::newest).toList();
    }

    /// The task with its newest status: states only grow, so of two the greater is right.
    public Task newest(Task task) {
        TaskStatus newer = fleeting.get(task.id());
        return newer == null || newer.state().compareTo(task.status().state()) <= 0
                ? task
                : new Task(task.id(), task.meta(), task.serviceId(), task.revision(), task.slot(), task.nodeId(),
                        task.desired(), newer, task.endpoint(), task.legs(), task.hostPorts(), task.generic());
    }

    public ServiceView view(Service service, boolean withStatus) {
        return ServiceView.of(service, state.rollouts().get(service.id()),
                EndpointView.of(service, id -> state.networks().get(id)),
                withStatus ? ServiceStatusView.of(service, tasksOf(service)) : null);
    }

    /// The view of a task, or null when its service or its revision is gone: nothing could be shown of it.
    public @Nullable TaskView view(Task task) {
        Service service = state.services().get(task.serviceId());
        if (service == null || !service.has(task.revision())) {
            return null;
        }
        return TaskView.of(newest(task), service, service.revision(task.revision()), id -> state.networks().get(id));
    }

    public List<TaskView> views(Collection<Task> tasks) {
        return tasks.stream().map(this::view).filter(java.util.Objects::nonNull).toList();
    }
}
