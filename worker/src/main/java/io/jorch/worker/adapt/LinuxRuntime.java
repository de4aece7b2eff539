package io.jorch.worker.adapt;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.container.Adoption;
import io.jorch.runtime.container.Containers;
import io.jorch.runtime.container.ExitStatus;
import io.jorch.worker.compose.ContainerPlan;
import io.jorch.worker.task.AttachedNetwork;
import io.jorch.worker.task.PreparedImage;
import io.jorch.worker.task.TaskContainer;
import io.jorch.worker.task.TaskExit;
import io.jorch.worker.task.TaskRuntime;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/// Tasks as containers of [Containers], under their task's id. May be called by any thread.
final class LinuxRuntime implements TaskRuntime {
    private final Containers containers;
    private final LaunchPlans plans;
    private final EtcFolders etc;
    private final NativeThreads threads;

    LinuxRuntime(Containers containers, LaunchPlans plans, EtcFolders etc, NativeThreads threads) {
        this.containers = containers;
        this.plans = plans;
        this.etc = etc;
        this.threads = threads;
    }

    @Override
    public TaskContainer start(ContainerPlan plan, PreparedImage image, AttachedNetwork network,
            Map<String, Path> folders) {
        Map<String, Path> files = etc.write(plan.taskId(), plan.hostname(), network);
        try {
            return new RunningTask(plan.containerId(),
                    uninterrupted(() -> containers.start(
                            plans.launch(plan, image, network.namespace(), files, folders), plans.limits(plan))),
                    threads);
        } catch (RuntimeException failure) {
            etc.delete(plan.taskId());
            throw failure;
        }
    }

    @Override
    public Optional<TaskContainer> adopt(String taskId, String containerId) {
        return switch (uninterrupted(() -> containers.adopt(taskId))) {
            case Adoption.Running running ->
                Optional.of(new RunningTask(containerId, running.container(), threads));
            case Adoption.Ended ended -> Optional.of(new EndedTask(containerId, exit(ended.status())));
            case Adoption.Unknown _ -> Optional.empty();
        };
    }

    @Override
    public void release(String taskId) {
        uninterrupted(() -> {
            containers.release(taskId);
            etc.delete(taskId);
            return true;
        });
    }

    @Override
    public void remove(String taskId) {
        uninterrupted(() -> {
            containers.remove(taskId);
            etc.delete(taskId);
            return true;
        });
    }

    @Override
    public Set<String> present() {
        Set<String> present = new java.util.HashSet<>(containers.list());
        present.addAll(etc.list());
        return present;
    }

    static TaskExit exit(ExitStatus status) {
        return new TaskExit(status.shellCode(), status.signal(), status.oom(), status.lost(), status.finishedAt());
    }

    private <T> T uninterrupted(Callable<T> work) {
        try {
            return threads.call(work);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JorchException(ErrorCode.UNAVAILABLE, "interrupted while the container was worked on", interrupted);
        }
    }
}
