package io.jorch.worker.task;

import io.jorch.api.message.TaskAssignment;
import io.jorch.worker.compose.ContainerPlan;
import io.jorch.worker.compose.PlannedMount;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Decides all about the container, and makes the volumes it needs.
final class PrepareStep {
    private final TaskTools tools;

    PrepareStep(TaskTools tools) {
        this.tools = tools;
    }

    Prepared run(TaskAssignment task, PreparedImage image) {
        ContainerPlan plan = tools.composer().compose(task, tools.containerIds().get(), image.config(), image.files());
        Map<String, Path> folders = new TreeMap<>();
        for (PlannedMount mount : plan.mounts()) {
            if (mount instanceof PlannedMount.Volume volume) {
                folders.put(volume.target(), tools.volumes().provide(task.taskId(), volume, image.files()));
            }
        }
        return new Prepared(plan, image, folders);
    }

    /// @param folders of the volumes, by target
    record Prepared(ContainerPlan plan, PreparedImage image, Map<String, Path> folders) {
    }
}
