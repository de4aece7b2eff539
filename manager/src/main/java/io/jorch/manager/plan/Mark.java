package io.jorch.manager.plan;

/// Since when the leader has seen something as it is.
///
/// @param what it was seen as
/// @param since when it was first seen so (monotonic nanoseconds)
/// @param runningSince of a task: when it was first seen RUNNING and ready; -1: never
public record Mark(Object what, long since, long runningSince) {
    public static final long NEVER = -1;
}
