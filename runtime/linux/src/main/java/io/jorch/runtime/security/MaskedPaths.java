package io.jorch.runtime.security;

import java.util.List;

/// Paths of a task's own /proc and /sys that are hidden or made read-only, because the kernel doesn't keep them apart
/// per container (OCI runtime spec, `linux.maskedPaths` and `linux.readonlyPaths`; the lists are Docker's). The
/// launcher must open each without following symbolic links, from the mounted proc or sysfs itself, and check that
/// what it mounts over is of that file system (CVE-2025-31133, CVE-2025-52881).
public final class MaskedPaths {
    /// Covered by an empty read-only directory, or by /dev/null where the path is a file. One that isn't there is
    /// left out. The per-processor thermal_throttle folders are found by [#thermalThrottle].
    public static final List<String> MASKED = List.of(
            "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
            "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats",
            "/sys/devices/virtual/powercap", "/sys/firmware");

    /// Remounted read-only where they are.
    public static final List<String> READ_ONLY = List.of(
            "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private MaskedPaths() {
    }

    /// Their counters tell of other tenants' load (the PLATYPUS family); one folder per processor.
    public static List<String> thermalThrottle(int processors) {
        return java.util.stream.IntStream.range(0, processors)
                .mapToObj(processor -> "/sys/devices/system/cpu/cpu" + processor + "/thermal_throttle").toList();
    }
}
