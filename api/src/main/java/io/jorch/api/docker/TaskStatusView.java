package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskStatus;
import io.jorch.api.spec.PortConfig;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Docker's `TaskStatus`.
///
/// @param containerStatus null: no container was made
/// @param ready jorch's own: whether a running task may be given connections
public record TaskStatusView(Instant timestamp, String state, String message, @JsonProperty("Err") String error,
        @Nullable ContainerStatus containerStatus, PortStatus portStatus, @Nullable Boolean ready) {
    public TaskStatusView {
        message = Absent.text(message);
        error = Absent.text(error);
    }

    /// @param pid 0: it doesn't run
    public record ContainerStatus(@JsonProperty("ContainerID") String containerId, @JsonProperty("PID") long pid,
            int exitCode) {
    }

    /// @param ports that the task has on its node for itself alone
    public record PortStatus(List<PortConfig> ports) {
        public PortStatus {
            ports = Absent.list(ports);
        }
    }

    static TaskStatusView of(Task task, Service service) {
        TaskStatus status = task.status();
        List<PortConfig> held = service.ports().stream().filter(PortConfig::onHost)
                .filter(port -> task.hostPorts().contains(port.protocolOrDefault() + "/" + port.publishedPort()))
                .toList();
        return new TaskStatusView(status.timestamp(), status.state().apiName(), status.message(), status.error(),
                status.containerId().isEmpty()
                        ? null
                        : new ContainerStatus(status.containerId(), status.pid() == null ? 0 : status.pid(),
                                status.exitCode() == null ? 0 : status.exitCode()),
                new PortStatus(held), status.ready() ? Boolean.TRUE : null);
    }
}
