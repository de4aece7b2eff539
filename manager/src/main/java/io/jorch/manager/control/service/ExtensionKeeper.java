package io.jorch.manager.control.service;

import io.jorch.api.spec.ServiceSpec;
import io.jorch.api.spec.TaskSpec;
import io.jorch.api.spec.UpdateConfig;
import org.jspecify.annotations.Nullable;

/// Keeps jorch's own fields through the hands of clients that don't know them: an update in which a `Jorch` record is
/// absent keeps the stored one; an empty one clears it. Pure.
final class ExtensionKeeper {
    private ExtensionKeeper() {
    }

    static ServiceSpec keep(ServiceSpec stored, ServiceSpec sent) {
        TaskSpec task = sent.taskTemplate();
        TaskSpec kept = task.jorch() != null
                ? task
                : new TaskSpec(task.containerSpec(), task.resources(), task.restartPolicy(), task.placement(),
                        task.forceUpdate(), task.runtime(), task.networks(), task.logDriver(),
                        stored.taskTemplate().jorch());
        return new ServiceSpec(sent.name(), sent.labels(), kept, sent.mode(),
                keep(stored.updateConfig(), sent.updateConfig()),
                keep(stored.rollbackConfig(), sent.rollbackConfig()), sent.networks(), sent.endpointSpec(),
                sent.jorch() != null ? sent.jorch() : stored.jorch());
    }

    private static @Nullable UpdateConfig keep(@Nullable UpdateConfig stored, @Nullable UpdateConfig sent) {
        if (sent == null || stored == null || sent.jorch() != null) {
            return sent;
        }
        return new UpdateConfig(sent.parallelism(), sent.delay(), sent.failureAction(), sent.monitor(),
                sent.maxFailureRatio(), sent.order(), stored.jorch());
    }
}
