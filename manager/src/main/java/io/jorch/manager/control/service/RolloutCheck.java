package io.jorch.manager.control.service;

import io.jorch.api.error.JorchException;
import io.jorch.api.spec.UpdateConfig;
import io.jorch.api.spec.UpdateExtension;
import org.jspecify.annotations.Nullable;

/// Whether an update or rollback config makes sense by itself.
final class RolloutCheck {
    private static final int WHOLE = 100;

    private RolloutCheck() {
    }

    /// @param mayRollBack a failing rollback is never rolled back again
    static void check(String field, @Nullable UpdateConfig config, boolean mayRollBack) {
        if (config == null) {
            return;
        }
        ServiceSpecCheck.notNegative(field + ".Parallelism", config.parallelism());
        ServiceSpecCheck.notNegative(field + ".Delay", config.delay());
        ServiceSpecCheck.notNegative(field + ".Monitor", config.monitor());
        if (mayRollBack) {
            ServiceSpecCheck.oneOf(field + ".FailureAction", config.failureAction(), "", "pause", "continue", "rollback");
        } else {
            ServiceSpecCheck.oneOf(field + ".FailureAction", config.failureAction(), "", "pause", "continue");
        }
        ServiceSpecCheck.oneOf(field + ".Order", config.order(), "", "stop-first", "start-first");
        if (!(config.maxFailureRatio() >= 0 && config.maxFailureRatio() <= 1)) {
            throw JorchException.invalid(field + ".MaxFailureRatio", config.maxFailureRatio() + " is not in 0–1");
        }
        extension(field + ".Jorch", config.jorch());
    }

    private static void extension(String field, @Nullable UpdateExtension extension) {
        if (extension == null) {
            return;
        }
        Integer percent = extension.parallelismPercent();
        if (percent != null && (percent < 1 || percent > WHOLE)) {
            throw JorchException.invalid(field + ".ParallelismPercent", percent + " is not in 1–100");
        }
        if (extension.progressDeadline() != null && extension.progressDeadline() <= 0) {
            throw JorchException.invalid(field + ".ProgressDeadline", "is not positive: give nanoseconds");
        }
        if (extension.goodProbes() != null && extension.goodProbes() < 1) {
            throw JorchException.invalid(field + ".GoodProbes", "is not positive: use 1 or more");
        }
    }
}
