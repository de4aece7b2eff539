package io.jorch.api.docker;

import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ServiceMode;
import java.util.Collection;

/// Docker's `Service.ServiceStatus`: the counts of `service ls`.
///
/// @param runningTasks in state RUNNING
/// @param desiredTasks as the mode says; in a global service as many as managers want up
/// @param completedTasks of a job's newest run
public record ServiceStatusView(long runningTasks, long desiredTasks, long completedTasks) {

    /// @param tasks all tasks of the service, with their newest status
    public static ServiceStatusView of(Service service, Collection<Task> tasks) {
        long running = count(tasks, task -> task.status().state() == TaskState.RUNNING);
        long wanted = count(tasks, task -> task.desired().compareTo(TaskState.RUNNING) <= 0);
        long completed = count(tasks, task -> task.revision() == service.target()
                && task.status().state() == TaskState.COMPLETE);
        return switch (service.spec().modeOrDefault()) {
            case ServiceMode.Replicated mode -> new ServiceStatusView(running, mode.replicasOrDefault(), 0);
            case ServiceMode.Global _ -> new ServiceStatusView(running, wanted, 0);
            case ServiceMode.ReplicatedJob job -> {
                ServiceMode.ReplicatedJob filled = ServiceDefaults.filled(job);
                long total = filled.totalCompletions() == null ? 1 : filled.totalCompletions();
                long atOnce = filled.maxConcurrent() == null ? 1 : filled.maxConcurrent();
                yield new ServiceStatusView(running, Math.min(atOnce, Math.max(0, total - completed)), completed);
            }
            case ServiceMode.GlobalJob _ -> new ServiceStatusView(running, wanted, completed);
        };
    }

    private static long count(Collection<Task> tasks, java.util.function.Predicate<Task> which) {
        return tasks.stream().filter(which).count();
    }
}
