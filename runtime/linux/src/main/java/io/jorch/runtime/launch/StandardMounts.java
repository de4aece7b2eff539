package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NODEV;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NOEXEC;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NOSUID;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_RDONLY;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What every Linux container gets: the OCI runtime-spec's default filesystems (config-linux.md), /sys read-only.
public final class StandardMounts {
    private static final int QUIET = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

    private StandardMounts() {
    }

    /// @param cgroupControllers hierarchies of cgroup v1 to show, e.g. `memory`; empty: the unified one is shown
    /// @param shmBytes size of /dev/shm; Docker's default is 64 MiB
    public static List<MountPlan> of(List<String> cgroupControllers, long shmBytes) {
        List<MountPlan> mounts = new ArrayList<>();
        mounts.add(system("proc", "/proc", Map.of(), QUIET));
        mounts.add(new MountPlan.Devices());
        mounts.add(system("devpts", "/dev/pts",
                ordered("newinstance", "", "ptmxmode", "0666", "mode", "0620", "gid", "5"),
                MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC));
        mounts.add(system("tmpfs", "/dev/shm", ordered("mode", "1777", "size", Long.toString(shmBytes)), QUIET));
        mounts.add(system("mqueue", "/dev/mqueue", Map.of(), QUIET));
        mounts.add(system("sysfs", "/sys", Map.of(), QUIET | MOUNT_ATTR_RDONLY));
        if (cgroupControllers.isEmpty()) {
            mounts.add(system("cgroup2", "/sys/fs/cgroup", Map.of(), QUIET | MOUNT_ATTR_RDONLY));
        } else {
            mounts.add(system("tmpfs", "/sys/fs/cgroup", ordered("mode", "755", "size", "65536"),
                    QUIET | MOUNT_ATTR_RDONLY));
            for (String controller : cgroupControllers) {
                mounts.add(system("cgroup", "/sys/fs/cgroup/" + controller, Map.of(controller, ""),
                        QUIET | MOUNT_ATTR_RDONLY));
            }
        }
        return mounts;
    }

    private static MountPlan system(String type, String target, Map<String, String> options, int attributes) {
        return new MountPlan.Filesystem(type, target, options, attributes, true);
    }

    private static Map<String, String> ordered(String... keysAndValues) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return options;
    }
}
