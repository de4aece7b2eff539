package io.jorch.runtime.security;

import java.util.List;

/// What confines every task with no flag needed, in one place: each constant says why it has its value. What relaxes
/// one of them is a named field of the spec and gated by policy.
public final class SecurityDefaults {
    /// Threads and processes of a task. Stops a fork bomb at once; the largest stock images (databases, JVMs, build
    /// servers) stay below. Docker has no limit.
    public static final long PIDS = 512;

    /// Bytes of memory of a task whose spec names none: half the node, and at least [#MEMORY_FLOOR]. One task can then
    /// starve neither the node nor the daemon, while a single database on a node of its own still has room.
    public static long memory(long nodeBytes) {
        return Math.max(Math.min(nodeBytes, MEMORY_FLOOR), nodeBytes / 2);
    }

    /// The least default: below, common images die as they start.
    public static final long MEMORY_FLOOR = 512L << 20;

    /// Bytes of swap of a task: none. A task that swaps slows down everyone on the node, and secrets reach the disk.
    public static final long SWAP = 0;

    /// How likely the kernel kills the task when the node itself is out of memory (-1000…1000): before the daemon and
    /// the shims (-500 and -900), after nothing else.
    public static final int OOM_SCORE_ADJUST = 100;

    /// Ids that a service's tasks may use: 0…65,535 in their user namespace.
    public static final int ID_RANGE = 65_536;

    /// Bytes of /dev/shm and of /dev, both tmpfs in the task's own memory limit: Docker's values.
    public static final long SHM = 64L << 20;
    public static final long DEV = 64L << 10;

    /// Written into the task's own network namespace: low ports for any id, so that images with a `USER` can bind 80
    /// without a capability; ping without NET_RAW for every id of the range.
    public static final List<Sysctl> SYSCTLS = List.of(
            new Sysctl("net.ipv4.ip_unprivileged_port_start", "0"),
            new Sysctl("net.ipv4.ping_group_range", "0 " + (ID_RANGE - 1)));

    /// @param name dotted, as sysctl(8) takes it
    public record Sysctl(String name, String value) {
        /// Its file, relative to /proc/sys.
        public String path() {
            return name.replace('.', '/');
        }
    }

    private SecurityDefaults() {
    }
}
