package io.jorch.runtime.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.jorch.runtime.cgroup.TaskCgroup;
import io.jorch.runtime.launch.LaunchPlan;

/// Turns a task's cgroup into what a launch needs of it.
final class ContainerCgroups {
    private ContainerCgroups() {
    }

    static LaunchPlan.CgroupPlan plan(TaskCgroup task, TaskCgroup shims) {
        return new LaunchPlan.CgroupPlan(procs(task), procs(shims), oomCounter(task));
    }

    private static List<Path> procs(TaskCgroup cgroup) {
        return cgroup.joinDirectories().stream().map(directory -> directory.resolve("cgroup.procs")).toList();
    }

    /// The file that has the line `oom_kill N`: memory.oom_control on v1, memory.events on v2; empty when memory is not
    /// controlled.
    private static String oomCounter(TaskCgroup cgroup) {
        return cgroup.joinDirectories().stream()
                .flatMap(directory -> List.of(directory.resolve("memory.oom_control"),
                        directory.resolve("memory.events")).stream())
                .filter(Files::exists).map(Path::toString).findFirst().orElse("");
    }
}
