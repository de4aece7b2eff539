package io.jorch.api.spec;

import org.jspecify.annotations.Nullable;

/// What jorch adds to a [TaskSpec].
///
/// @param liveness an http or tcp probe that jorch runs itself; a task that fails it is replaced
/// @param readiness a probe that only takes the task out of the balancers while it fails
/// @param drainTimeout how long open connections may last after the task left the balancers, nanoseconds; null: 10 s
public record TaskExtension(@Nullable Probe liveness, @Nullable Probe readiness, @Nullable Long drainTimeout) {
    public static final TaskExtension NONE = new TaskExtension(null, null, null);
    /// 10 s, in nanoseconds.
    public static final long DEFAULT_DRAIN_TIMEOUT = 10_000_000_000L;

    public long drainTimeoutOrDefault() {
        return drainTimeout == null ? DEFAULT_DRAIN_TIMEOUT : drainTimeout;
    }
}
