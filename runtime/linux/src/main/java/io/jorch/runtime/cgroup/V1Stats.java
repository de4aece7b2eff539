package io.jorch.runtime.cgroup;

import java.nio.file.Path;
import java.util.Map;

/// Reads what a v1 cgroup used. What a missing controller would count is 0.
final class V1Stats {
    /// cpuacct.stat counts in `USER_HZ`, which is 100 on all architectures we know.
    private static final long NANOS_PER_TICK = 10_000_000;
    /// The kernel rounds "unlimited" down to a page.
    private static final long UNLIMITED_FROM = Long.MAX_VALUE - (1 << 20);

    private V1Stats() {
    }

    static TaskStats read(Map<String, Path> byController) {
        Path accounting = byController.get("cpuacct");
        Path cpu = byController.get("cpu");
        Path memory = byController.get("memory");
        Path pids = byController.get("pids");
        String ticks = accounting == null ? "" : CgroupFiles.read(accounting.resolve("cpuacct.stat"));
        String throttling = cpu == null ? "" : CgroupFiles.read(cpu.resolve("cpu.stat"));
        return new TaskStats(accounting == null ? 0 : CgroupFiles.number(accounting.resolve("cpuacct.usage")),
                ticks(accounting, ticks, "user"), ticks(accounting, ticks, "system"),
                cpu == null ? 0 : CgroupFiles.keyed(cpu, throttling, "nr_throttled"),
                cpu == null ? 0 : CgroupFiles.keyed(cpu, throttling, "throttled_time"),
                memory == null ? 0 : CgroupFiles.number(memory.resolve("memory.usage_in_bytes")),
                memory == null ? 0 : CgroupFiles.keyed(memory.resolve("memory.stat"), "total_inactive_file"),
                memory == null ? Long.MAX_VALUE : limit(memory.resolve("memory.limit_in_bytes")),
                pids == null ? 0 : CgroupFiles.number(pids.resolve("pids.current")),
                pids == null ? Long.MAX_VALUE : CgroupFiles.number(pids.resolve("pids.max")),
                memory == null ? 0 : CgroupFiles.keyed(memory.resolve("memory.oom_control"), "oom_kill"));
    }

    private static long ticks(Path directory, String content, String key) {
        return directory == null ? 0 : CgroupFiles.keyed(directory, content, key) * NANOS_PER_TICK;
    }

    private static long limit(Path file) {
        long limit = CgroupFiles.number(file);
        return limit >= UNLIMITED_FROM ? Long.MAX_VALUE : limit;
    }
}
