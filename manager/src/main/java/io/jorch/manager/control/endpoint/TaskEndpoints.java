package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.TaskView;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Filters;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.seam.Parts;
import io.jorch.manager.plan.rollout.Revisions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `/tasks`.
public final class TaskEndpoints implements EndpointGroup {
    private final Parts parts;
    private final Swarm swarm;

    public TaskEndpoints(Parts parts, Swarm swarm) {
        this.parts = parts;
        this.swarm = swarm;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/tasks", this::list).query("filters");
        routes.get("/tasks/{id}", this::inspect);
    }

    /// `_up-to-date` is what docker's own client asks while it waits for a service to converge: tasks that
    /// needn't be replaced for its newest revision (moby, `daemon/cluster/filters.go`).
    private Answer list(Request request) throws InterruptedException {
        Filters filters = request.query()
                .filters("id", "name", "node", "service", "desired-state", "label", "runtime", "_up-to-date")
                .oneOf("desired-state", "running", "shutdown", "accepted");
        Snapshot snapshot = swarm.read();
        Set<String> services = new HashSet<>();
        filters.values("service").forEach(reference -> services.add(serviceId(snapshot, reference)));
        Set<String> nodes = new HashSet<>();
        filters.values("node").forEach(reference -> nodes.add(nodeId(snapshot, reference)));
        boolean upToDate = filters.flag("_up-to-date", false);
        List<Task> tasks = snapshot.state().tasks().all().stream()
                .filter(task -> services.isEmpty() || services.contains(task.serviceId()))
                .filter(task -> nodes.isEmpty() || nodes.contains(task.nodeId()))
                .filter(task -> filters.any("desired-state", wanted -> desired(task, wanted)))
                .filter(task -> filters.any("id", task.id()::startsWith)).filter(task -> named(snapshot, task, filters))
                .filter(task -> !upToDate || upToDate(snapshot, task)).toList();
        return Answer.json(snapshot.views(tasks));
    }

    private static boolean named(Snapshot snapshot, Task task, Filters filters) {
        Service service = snapshot.state().services().get(task.serviceId());
        if (service == null) {
            return false;
        }
        return filters.any("name", TaskView.name(task, service)::startsWith)
                && filters.any("runtime", "container"::equals) && filters.labels("label", service.spec().labels());
    }

    private static boolean upToDate(Snapshot snapshot, Task task) {
        Service service = snapshot.state().services().get(task.serviceId());
        return service != null && service.has(task.revision()) && !Revisions.dirty(service, task);
    }

    /// Docker's three groups of desired states (moby, `daemon/cluster/filters.go`).
    private static boolean desired(Task task, String wanted) {
        return switch (wanted) {
            case "running" -> task.desired() == TaskState.RUNNING;
            case "shutdown" -> task.desired() == TaskState.SHUTDOWN;
            default -> task.desired() == TaskState.ACCEPTED;
        };
    }

    /// A reference that means nothing matches no task, as in Docker.
    private static String serviceId(Snapshot snapshot, String reference) {
        try {
            return Lookup.service(snapshot.state(), reference).id();
        } catch (JorchException unknown) {
            return reference;
        }
    }

    private String nodeId(Snapshot snapshot, String reference) {
        try {
            return Lookup.node(snapshot.state(), reference, parts.node().membership().nodeId()).id();
        } catch (JorchException unknown) {
            return reference;
        }
    }

    private Answer inspect(Request request) throws InterruptedException {
        Snapshot snapshot = swarm.read();
        Task task = Lookup.task(snapshot.state(), request.path("id"));
        TaskView view = snapshot.view(task);
        if (view == null) {
            throw JorchException.notFound("task", request.path("id"));
        }
        return Answer.json(view);
    }
}
