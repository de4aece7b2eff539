package io.jorch.worker.agent;

import io.jorch.api.message.AgentMessage;
import io.jorch.api.object.TaskStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What changed since the last report, only the newest of each task. There is no timer: a report carries what gathered
/// while the agent's thread was busy, which includes writing the journal. Owned by that thread.
final class Reporter {
    private final Map<String, AgentMessage.TaskReport> changed = new LinkedHashMap<>();

    void observed(String taskId, TaskStatus status) {
        changed.put(taskId, new AgentMessage.TaskReport(taskId, status, false));
    }

    void removed(String taskId, TaskStatus last) {
        changed.put(taskId, new AgentMessage.TaskReport(taskId, last, true));
    }

    /// Everything so far was said in another way, by registering.
    void clear() {
        changed.clear();
    }

    Optional<AgentMessage.Report> take() {
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        AgentMessage.Report report = new AgentMessage.Report(List.copyOf(changed.values()));
        changed.clear();
        return Optional.of(report);
    }
}
