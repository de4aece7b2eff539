package io.jorch.runtime.cgroup;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// This host's control groups, whichever version. Stateless, so any thread may use it; two tasks never share a name.
///
/// In a container (or any cgroup that is not the machine's root) what is mounted is our own part of the tree, and
/// everything is made below it.
public sealed interface Cgroups permits V1Hybrid, V2 {
    /// How long [#sweep] waits for killed processes to be gone.
    Duration SWEEP_PATIENCE = Duration.ofSeconds(5);

    /// The controllers that a limit may need, by v2's names; v1 calls io blkio.
    List<String> WANTED = List.of("cpu", "cpuset", "io", "memory", "pids");

    static Cgroups detect() {
        return of(CgroupFiles.read(Path.of("/proc/self/mountinfo")));
    }

    /// @param mountinfo the content of `/proc/self/mountinfo`
    static Cgroups of(String mountinfo) {
        CgroupMounts mounts = CgroupMounts.parse(mountinfo);
        Path unified = mounts.unified();
        if (unified == null) {
            throw new JorchException(ErrorCode.UNSUPPORTED, mounts.v1().isEmpty()
                    ? "no cgroups are mounted: mount -t cgroup2 cgroup2 /sys/fs/cgroup"
                    : "cgroup v1 without a v2 tree beside it: mkdir -p /sys/fs/cgroup/unified && "
                            + "mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified");
        }
        return mounts.v1().keySet().stream().allMatch(CgroupMounts.SYSTEMD::equals)
                ? new V2(unified)
                : new V1Hybrid(mounts.v1(), unified);
    }

    /// 1 or 2: which version's controllers are used.
    int version();

    /// Those of [#WANTED] that can be used here.
    Set<String> available();

    /// Makes a task's cgroup with its limits in force. All or nothing: what the kernel refuses is thrown, naming file,
    /// value and error, and nothing is left. One of that name must not exist.
    TaskCgroup create(CgroupName name, CgroupLimits limits);

    /// One that was created before, e.g. by an earlier daemon; it may have been removed since.
    TaskCgroup open(CgroupName name);

    /// The names below `/jorch-NODE` in any hierarchy.
    Set<String> list(String node);

    /// Removes `/jorch-NODE` itself if nothing is left in it.
    void removeParent(String node);

    /// The cgroup of a node's shims, made if it isn't there: outside the daemon's own, so that stopping the daemon's
    /// service stops no task, and without limits.
    default TaskCgroup shims(String node) {
        CgroupName name = new CgroupName(node, CgroupName.SHIMS);
        return list(node).contains(name.id()) ? open(name) : create(name, CgroupLimits.NONE);
    }

    /// Kills and removes all of a node's cgroups but those kept; with none kept also their parent. Touches nothing that
    /// doesn't carry the node's id.
    ///
    /// @param keep ids of tasks, and the shims' if they shall live
    /// @return the ids of those removed
    default List<String> sweep(String node, Set<String> keep) {
        Set<String> kept = new HashSet<>(keep);
        kept.add(CgroupName.DAEMON);
        List<String> removed = new ArrayList<>();
        for (String id : list(node)) {
            if (!kept.contains(id)) {
                TaskCgroup leftover = open(new CgroupName(node, id));
                if (leftover.populated()) {
                    leftover.kill();
                    leftover.awaitEmpty(SWEEP_PATIENCE);
                }
                leftover.remove();
                removed.add(id);
            }
        }
        if (keep.isEmpty()) {
            removeParent(node);
        }
        return removed;
    }
}
