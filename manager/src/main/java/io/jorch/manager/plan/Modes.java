package io.jorch.manager.plan;

import io.jorch.api.object.Service;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ServiceMode;

/// What a service's mode says of its tasks.
public final class Modes {
    private Modes() {
    }

    /// Its tasks run until they complete.
    public static boolean job(Service service) {
        return switch (service.spec().modeOrDefault()) {
            case ServiceMode.Replicated _, ServiceMode.Global _ -> false;
            case ServiceMode.ReplicatedJob _, ServiceMode.GlobalJob _ -> true;
        };
    }

    /// Each of its tasks belongs to one node.
    public static boolean perNode(Service service) {
        return switch (service.spec().modeOrDefault()) {
            case ServiceMode.Global _, ServiceMode.GlobalJob _ -> true;
            case ServiceMode.Replicated _, ServiceMode.ReplicatedJob _ -> false;
        };
    }

    /// What is desired of a task that is to run.
    public static TaskState wanted(Service service) {
        return job(service) ? TaskState.COMPLETE : TaskState.RUNNING;
    }
}
