package io.jorch.worker.compose;

import io.jorch.api.object.IdRange;
import io.jorch.api.spec.Ulimit;
import java.util.List;
import java.util.Map;

/// A task's container, all decided but what the machine adds as it makes it: layers, namespace files, volume folders.
///
/// @param arguments the program and its arguments
/// @param environment `NAME=value`
/// @param confinement what it may do
/// @param limits what it may use
/// @param stopSignal asks the program to end
/// @param names for its network
/// @param sysctls by dotted name
/// @param ids the host ids that are its 0–65535
public record ContainerPlan(String taskId, String containerId, String hostname, List<String> arguments,
        List<String> environment, String workingDirectory, UserIds user, Confinement confinement, Limits limits,
        boolean readOnlyRoot, boolean init, List<PlannedMount> mounts, Map<String, String> sysctls, int stopSignal,
        Names names, LogLimits log, IdRange ids) {
    public ContainerPlan {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        mounts = List.copyOf(mounts);
        sysctls = Map.copyOf(sysctls);
    }

    /// @param capabilityAdd,capabilityDrop in the spec's spelling
    /// @param seccomp whether system calls are filtered
    public record Confinement(List<String> capabilityAdd, List<String> capabilityDrop, boolean noNewPrivileges,
            boolean seccomp) {
    }

    /// 0: the node's default.
    ///
    /// @param oomScoreAdjust 0: the node's default
    public record Limits(long nanoCpus, long memoryBytes, long memoryReservation, long pids, List<Ulimit> ulimits,
            int oomScoreAdjust) {
    }

    /// @param hosts further lines of /etc/hosts, address first
    public record Names(List<String> nameservers, List<String> search, List<String> options, List<String> hosts) {
    }
}
