package io.jorch.api.spec;

import org.jspecify.annotations.Nullable;

/// What jorch adds to [UpdateConfig].
///
/// @param parallelismPercent of the slots, 1–100, rounded up; instead of `Parallelism`
/// @param progressDeadline nanoseconds in which a batch must become healthy, else it failed; null: 10 min
/// @param goodProbes healthy probes in a row that close a batch's monitor window early; null: 3
public record UpdateExtension(@Nullable Integer parallelismPercent, @Nullable Long progressDeadline,
        @Nullable Integer goodProbes) {
    public static final UpdateExtension NONE = new UpdateExtension(null, null, null);
    /// 10 min, in nanoseconds.
    public static final long DEFAULT_PROGRESS_DEADLINE = 600_000_000_000L;
}
