package io.jorch.raft.state;

import io.jorch.api.object.Endpoint;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Meta;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Small objects for tests of this package.
final class Samples {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Samples() {
    }

    static Task task(String id, String serviceId, String nodeId, String... addresses) {
        List<Leg> legs = List.of(addresses).stream().map(address -> new Leg("net", address, List.of())).toList();
        return new Task(id, Meta.created(NOW), serviceId, 1, 1, nodeId, TaskState.RUNNING, status(TaskState.ASSIGNED),
                Endpoint.SERVING, legs, List.of(), Map.of());
    }

    static TaskStatus status(TaskState state) {
        return TaskStatus.of(state, NOW, "test");
    }
}
