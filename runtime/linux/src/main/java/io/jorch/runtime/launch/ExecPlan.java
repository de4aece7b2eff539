package io.jorch.runtime.launch;

import java.nio.file.Path;
import java.util.List;

/// A further process in a running container, e.g. a health check.
///
/// @param idRange the container's
/// @param cgroupProcs the `cgroup.procs` files to join
public record ExecPlan(IdRange idRange, ProcessPlan process, List<Path> cgroupProcs) {
    public ExecPlan {
        cgroupProcs = List.copyOf(cgroupProcs);
    }
}
