package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import org.jspecify.annotations.Nullable;

/// How a rollout (or a rollback) goes: Docker's `UpdateConfig`.
///
/// @param parallelism slots at a time; 0: all at once; null: 1
/// @param delay between batches, nanoseconds
/// @param failureAction `pause` (default), `continue`, `rollback`
/// @param monitor how long a failure of a new task counts, nanoseconds; null: 5 s
/// @param order `stop-first` (default) or `start-first`
/// @param jorch what Docker's API has no word for
public record UpdateConfig(@Nullable Long parallelism, long delay, String failureAction, @Nullable Long monitor,
        double maxFailureRatio, String order, @Nullable UpdateExtension jorch) {
    public UpdateConfig {
        failureAction = Absent.text(failureAction);
        order = Absent.text(order);
    }

    public static final UpdateConfig DEFAULT = new UpdateConfig(1L, 0, "pause", null, 0, "stop-first", null);
    /// 5 s, in nanoseconds.
    public static final long DEFAULT_MONITOR = 5_000_000_000L;

    public long monitorOrDefault() {
        return monitor == null ? DEFAULT_MONITOR : monitor;
    }

    public boolean startFirst() {
        return "start-first".equals(order);
    }

    public UpdateExtension extension() {
        return jorch == null ? UpdateExtension.NONE : jorch;
    }

    public UpdateConfig withJorch(@Nullable UpdateExtension newExtension) {
        return new UpdateConfig(parallelism, delay, failureAction, monitor, maxFailureRatio, order, newExtension);
    }
}
