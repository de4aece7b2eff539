package io.jorch.runtime.cgroup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One cgroup's resource files, in the spelling of v1 or v2.
sealed interface Controllers permits V1Controllers, V2Controllers {
    /// Its directories, one per hierarchy: a process belongs to it once its pid is in `cgroup.procs` of each.
    List<Path> directories();

    /// What must be written before a process can join, whatever the limits.
    List<LimitWrite> preparations();

    /// The writes that put limits into force, in the order in which the kernel takes them.
    ///
    /// @param all also write what isn't limited, to undo earlier limits
    List<LimitWrite> writes(CgroupLimits limits, boolean all);

    /// The devices that now have a throttle, as `major:minor`, so that an update can take it away.
    List<String> throttledDevices();

    TaskStats stats();

    /// The file that counts how many of its processes the kernel killed for want of memory.
    Optional<Path> oomFile();
}
