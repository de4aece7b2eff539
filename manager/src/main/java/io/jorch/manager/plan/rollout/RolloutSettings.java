package io.jorch.manager.plan.rollout;

import io.jorch.api.object.Revision;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.spec.HealthConfig;
import io.jorch.api.spec.TaskExtension;
import io.jorch.api.spec.TaskSpec;
import io.jorch.api.spec.UpdateConfig;
import io.jorch.api.spec.UpdateExtension;
import io.jorch.manager.plan.Modes;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.allocate.Attachments;

/// How a rollout goes: the update or rollback settings of the revision that it leads to.
///
/// @param healthChecked RUNNING means healthy: a check or probe is defined
record RolloutSettings(UpdateConfig config, boolean healthChecked, boolean startFirst) {
    private static final long PAUSE_WITHOUT_HEALTH_CHECK = Now.SECOND;

    static RolloutSettings of(Service service, Rollout rollout) {
        Revision target = service.targetRevision();
        UpdateConfig asked = rollout.state().rollback()
                ? target.spec().rollbackConfig()
                : target.spec().updateConfig();
        UpdateConfig config = asked == null ? UpdateConfig.DEFAULT : asked;
        TaskSpec template = target.spec().taskTemplate();
        // Two tasks can't have the same port of the same node.
        boolean sharedPort = Modes.perNode(service)
                && Attachments.ports(target.spec()).stream().anyMatch(port -> port.onHost());
        return new RolloutSettings(config, healthChecked(template), config.startFirst() && !sharedPort);
    }

    private static boolean healthChecked(TaskSpec template) {
        HealthConfig health = template.containerSpec().healthcheck();
        TaskExtension probes = template.extension();
        return health != null && !health.disabled() && !health.test().isEmpty() || probes.liveness() != null
                || probes.readiness() != null;
    }

    /// Slots of a batch, out of so many.
    int batchSize(int slots) {
        Integer percent = config.extension().parallelismPercent();
        if (percent != null) {
            return Math.max(1, (int) Math.ceilDiv((long) slots * percent, 100));
        }
        Long parallelism = config.parallelism();
        return parallelism == null ? 1 : parallelism == 0 ? Math.max(1, slots) : (int) Math.min(parallelism, slots);
    }

    /// Nanoseconds between the end of a batch and the next.
    long pause() {
        return healthChecked ? config.delay() : Math.max(config.delay(), PAUSE_WITHOUT_HEALTH_CHECK);
    }

    /// Nanoseconds after the last batch: a health check has said all that there is to say.
    long lastWatch() {
        return healthChecked ? 0 : config.monitorOrDefault();
    }

    long progressDeadline() {
        Long deadline = config.extension().progressDeadline();
        return deadline == null ? UpdateExtension.DEFAULT_PROGRESS_DEADLINE : deadline;
    }

    /// Whether so many failed slots are too many.
    boolean tooMany(long failed, int slots) {
        return failed > 0 && (double) failed / Math.max(1, slots) > config.maxFailureRatio();
    }
}
