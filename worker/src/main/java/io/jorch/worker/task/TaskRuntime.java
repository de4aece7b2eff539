package io.jorch.worker.task;

import io.jorch.worker.compose.ContainerPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The node's container runtime, as a worker needs it. May be called by any thread; blocks.
public interface TaskRuntime {
    /// Starts a container. All or nothing: when it throws, nothing is left.
    ///
    /// @param folders of the plan's volumes, by target
    TaskContainer start(ContainerPlan plan, PreparedImage image, AttachedNetwork network, Map<String, Path> folders);

    /// Finds the container that an earlier daemon started for a task; it may have ended since. A half-made one is
    /// cleaned away and not answered.
    ///
    /// @param containerId as it was journaled
    Optional<TaskContainer> adopt(String taskId, String containerId);

    /// Frees all that a task's ended container holds in the kernel, keeping its log. Succeeds when there is nothing.
    void release(String taskId);

    /// Removes everything of a task, log included. Succeeds when there is nothing.
    void remove(String taskId);

    /// The tasks that the machine has anything of, as far as it carries this node's id.
    Set<String> present();
}
