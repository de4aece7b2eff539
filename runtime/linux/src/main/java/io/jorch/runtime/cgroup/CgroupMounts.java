package io.jorch.runtime.cgroup;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the cgroup hierarchies are mounted, read from `/proc/self/mountinfo` (proc_pid_mountinfo(5)). Pure.
///
/// @param v1      mount point by controller; the named hierarchy of systemd stands as `name=systemd`
/// @param unified the v2 mount point, or null
record CgroupMounts(Map<String, Path> v1, @Nullable Path unified) {
    static final String SYSTEMD = "name=systemd";

    private static final Set<String> KNOWN = Set.of("cpu", "cpuacct", "cpuset", "memory", "pids", "blkio", "devices",
            "freezer", "net_cls", "net_prio", "perf_event", "hugetlb", "rdma", "misc", SYSTEMD);

    CgroupMounts {
        v1 = Map.copyOf(v1);
    }

    static CgroupMounts parse(String mountinfo) {
        Map<String, Path> v1 = new LinkedHashMap<>();
        Path unified = null;
        for (String line : mountinfo.split("\n")) {
            int separator = line.indexOf(" - ");
            if (separator < 0) {
                continue;
            }
            String[] mount = line.substring(0, separator).split(" ");
            String[] type = line.substring(separator + 3).split(" ");
            Path point = Path.of(unescape(mount[4]));
            if (type[0].equals("cgroup2")) {
                // The first is the host's or the container's own; later ones are private copies of it.
                unified = unified == null ? point : unified;
            } else if (type[0].equals("cgroup") && type.length > 2) {
                for (String option : type[2].split(",")) {
                    if (KNOWN.contains(option)) {
                        v1.putIfAbsent(option, point);
                    }
                }
            }
        }
        return new CgroupMounts(v1, unified);
    }

    /// Blanks and backslashes stand as octal escapes.
    private static String unescape(String field) {
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < field.length(); at++) {
            char letter = field.charAt(at);
            if (letter == '\\' && at + 3 < field.length()) {
                plain.append((char) Integer.parseInt(field.substring(at + 1, at + 4), 8));
                at += 3;
            } else {
                plain.append(letter);
            }
        }
        return plain.toString();
    }
}
