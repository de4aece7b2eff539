package io.jorch.manager.control.endpoint;

import io.jorch.api.error.JorchException;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Query;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.http.Times;
import io.jorch.manager.control.log.LogStream;
import io.jorch.manager.control.seam.Parts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Logs of services and tasks.
public final class LogEndpoints implements EndpointGroup {
    private static final String[] QUERY = {"details", "follow", "stdout", "stderr", "since", "timestamps", "tail"};

    private final Parts parts;
    private final Swarm swarm;

    public LogEndpoints(Parts parts, Swarm swarm) {
        this.parts = parts;
        this.swarm = swarm;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/services/{id}/logs", this::ofService).query(QUERY);
        routes.get("/tasks/{id}/logs", this::ofTask).query(QUERY);
    }

    private Answer ofService(Request request) throws InterruptedException {
        Snapshot snapshot = swarm.read();
        Service service = Lookup.service(snapshot.state(), request.path("id"));
        return stream(request, service, snapshot.tasksOf(service), snapshot.state().index());
    }

    private Answer ofTask(Request request) throws InterruptedException {
        Snapshot snapshot = swarm.read();
        Task task = snapshot.newest(Lookup.task(snapshot.state(), request.path("id")));
        Service service = snapshot.state().services().get(task.serviceId());
        if (service == null) {
            throw JorchException.notFound("task", request.path("id"));
        }
        return stream(request, service, List.of(task), null);
    }

    /// @param joining the index from which tasks of the service may join in; null: none may
    private Answer stream(Request request, Service service, List<Task> tasks, @Nullable Long joining) {
        Query query = request.query();
        if (!query.flag("stdout") && !query.flag("stderr")) {
            throw JorchException.invalid("stdout", "Bad parameters: you must choose at least one stream");
        }
        boolean terminal = service.spec().taskTemplate().containerSpec().tty();
        boolean follow = query.flag("follow");
        List<Task> started = tasks.stream()
                .filter(task -> !task.nodeId().isEmpty() && task.status().state().atLeast(TaskState.STARTING)).toList();
        LogStream.Wish wish = new LogStream.Wish(service.id(), started, follow ? joining : null, follow, since(query),
                tail(query), query.flag("stdout"), query.flag("stderr"), terminal, query.flag("timestamps"),
                query.flag("details"));
        String type = !terminal && request.version().atLeast(1, 42)
                ? "application/vnd.docker.multiplexed-stream"
                : "application/vnd.docker.raw-stream";
        return Answer.stream(type, out -> new LogStream(parts, wish).write(out));
    }

    private String since(Query query) {
        String text = query.text("since", "0");
        return text.equals("0") ? "" : Times.parse("since", text, parts.clock().instant()).toString();
    }

    private static long tail(Query query) {
        String text = query.text("tail", "all");
        if (text.equals("all")) {
            return -1;
        }
        long lines = query.number("tail");
        // Docker takes a negative number for all.
        return Math.max(-1, lines);
    }
}
