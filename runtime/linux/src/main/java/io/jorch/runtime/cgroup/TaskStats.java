package io.jorch.runtime.cgroup;

/// What a task used until now.
///
/// @param cpuNanos         processor time
/// @param userNanos        of it in user mode (to the clock tick on v1)
/// @param systemNanos      of it in the kernel
/// @param throttledPeriods how often its cpu quota stopped it
/// @param throttledNanos   and for how long
/// @param memoryBytes      memory now, page cache included
/// @param inactiveFile     of it page cache that could be dropped: tools show memoryBytes less this
/// @param memoryLimit      bytes, or [Long#MAX_VALUE] without a limit
/// @param pids             threads and processes now
/// @param pidsLimit        or [Long#MAX_VALUE]
/// @param oomKills         processes of it that were killed for want of memory
public record TaskStats(long cpuNanos, long userNanos, long systemNanos, long throttledPeriods, long throttledNanos,
        long memoryBytes, long inactiveFile, long memoryLimit, long pids, long pidsLimit, long oomKills) {
}
