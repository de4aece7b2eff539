package io.jorch.runtime.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.jorch.api.error.JorchException;

/// Everything about a container, decided beforehand. Two equal plans give the same script.
///
/// @param id names the shim's socket and log lines
/// @param idRange the host ids behind the container's 0 to size - 1
/// @param hostname of the UTS namespace; empty keeps the host's
/// @param domainname of the UTS namespace; empty keeps the host's
/// @param mounts in the order they are made; see [StandardMounts]
/// @param devices nodes of the container's own /dev beside the standard ones
/// @param maskedPaths made empty or unreadable; those that don't exist are passed over
/// @param readOnlyPaths those that don't exist are passed over
/// @param sysctls by their path below /proc/sys, e.g. `net/ipv4/ip_unprivileged_port_start`
public record LaunchPlan(String id, IdRange idRange, RootPlan root, ProcessPlan process, String hostname,
        String domainname, NetworkPlan network, List<MountPlan> mounts, List<DevicePlan> devices,
        List<String> maskedPaths, List<String> readOnlyPaths, Map<String, String> sysctls, CgroupPlan cgroups,
        ShimPlan shim) {

    public LaunchPlan {
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
        maskedPaths = maskedPaths.stream().map(path -> ContainerPath.check("maskedPaths", path)).toList();
        readOnlyPaths = readOnlyPaths.stream().map(path -> ContainerPath.check("readOnlyPaths", path)).toList();
        sysctls.keySet().forEach(LaunchPlan::checkSysctl);
        sysctls = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(sysctls));
        if (!id.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}")) {
            throw JorchException.invalid("id", "'" + id + "' must be up to 100 letters, digits, '_', '.' or '-'");
        }
    }

    /// The same with other cgroups.
    public LaunchPlan in(CgroupPlan other) {
        return new LaunchPlan(id, idRange, root, process, hostname, domainname, network, mounts, devices, maskedPaths,
                readOnlyPaths, sysctls, other, shim);
    }

    private static void checkSysctl(String key) {
        if (!key.matches("[a-zA-Z0-9_-]+(/[a-zA-Z0-9_.-]+)+") || key.contains("..")) {
            throw JorchException.invalid("sysctls", "'" + key + "' is not a path below /proc/sys");
        }
    }

    /// @param containerProcs the `cgroup.procs` files that the container's first process joins
    /// @param shimProcs those that the shim joins: outside the daemon's own cgroups, so it outlives the daemon
    /// @param oomCounter file with a line `oom_kill N` (memory.events, memory.oom_control); empty: not watched
    public record CgroupPlan(List<Path> containerProcs, List<Path> shimProcs, String oomCounter) {
        /// The daemon's own: for plans whose cgroups are filled in later.
        public static final CgroupPlan NONE = new CgroupPlan(List.of(), List.of(), "");

        public CgroupPlan {
            containerProcs = List.copyOf(containerProcs);
            shimProcs = List.copyOf(shimProcs);
        }
    }

    /// @param taskDirectory where log and exit record are written
    /// @param shimsDirectory where the shim's socket is made, named ID.sock
    /// @param leaseDeadline nanoseconds on CLOCK_BOOTTIME at which the shim kills the container; 0: none
    /// @param logMaxBytes size at which the log is rotated; 0: never
    /// @param logMaxFiles how many files are kept, the current one counted; 0: the output is thrown away
    public record ShimPlan(Path taskDirectory, Path shimsDirectory, long leaseDeadline, long logMaxBytes,
            int logMaxFiles) {
        public ShimPlan {
            if (logMaxFiles < 0 || logMaxFiles > 999 || logMaxBytes < 0 || leaseDeadline < 0) {
                throw JorchException.invalid("shim", "sizes, counts and deadlines are not negative, files at most 999");
            }
        }
    }

    /// A character device node.
    ///
    /// @param name below /dev, without a slash
    /// @param permissions such as 0666
    public record DevicePlan(String name, int major, int minor, int permissions) {
        public DevicePlan {
            if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
                throw JorchException.invalid("devices", "'" + name + "' is not a plain name below /dev");
            }
        }
    }
}
