package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import org.jspecify.annotations.Nullable;

/// Docker's `RestartPolicy`.
///
/// @param condition `none`, `on-failure` or `any` (default)
/// @param delay nanoseconds; null: 5 s
/// @param maxAttempts null or 0: unlimited
/// @param window nanoseconds in which attempts count; null or 0: for ever
public record RestartPolicy(String condition, @Nullable Long delay, @Nullable Long maxAttempts,
        @Nullable Long window) {
    public RestartPolicy {
        condition = Absent.text(condition);
    }

    public static final RestartPolicy DEFAULT = new RestartPolicy("any", null, null, null);
    /// 5 s, in nanoseconds.
    public static final long DEFAULT_DELAY = 5_000_000_000L;

    public long delayOrDefault() {
        return delay == null ? DEFAULT_DELAY : delay;
    }
}
