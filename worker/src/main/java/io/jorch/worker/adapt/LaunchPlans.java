package io.jorch.worker.adapt;

import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NODEV;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NOEXEC;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NOSUID;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_RDONLY;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.cgroup.CgroupLimits;
import io.jorch.runtime.cgroup.DeviceRule;
import io.jorch.runtime.container.TaskDirectories;
import io.jorch.runtime.launch.IdRange;
import io.jorch.runtime.launch.LaunchPlan;
import io.jorch.runtime.launch.MountPlan;
import io.jorch.runtime.launch.NetworkPlan;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.runtime.launch.RootPlan;
import io.jorch.runtime.launch.StandardMounts;
import io.jorch.runtime.security.Capabilities;
import io.jorch.runtime.security.MaskedPaths;
import io.jorch.runtime.security.Rlimit;
import io.jorch.runtime.security.SeccompProfile;
import io.jorch.runtime.security.SecurityDefaults;
import io.jorch.worker.compose.ContainerPlan;
import io.jorch.worker.compose.PlannedMount;
import io.jorch.worker.task.PreparedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns a task's plan into the runtime's, with [SecurityDefaults] for all that the plan leaves open. Pure but for
/// looking whether a bound path is a directory.
final class LaunchPlans {
    private static final int QUIET = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    private static final int UMASK = 022;

    private final TaskDirectories directories;
    private final List<String> cgroupControllers;
    private final long nodeMemory;

    /// @param cgroupControllers v1 hierarchies that tasks may see; empty on v2
    /// @param nodeMemory bytes, which the default limit follows from
    LaunchPlans(TaskDirectories directories, List<String> cgroupControllers, long nodeMemory) {
        this.directories = directories;
        this.cgroupControllers = List.copyOf(cgroupControllers);
        this.nodeMemory = nodeMemory;
    }

    /// @param namespace the task's network
    /// @param etc its own files of /etc, by name
    /// @param folders of its volumes, by target
    LaunchPlan launch(ContainerPlan plan, PreparedImage image, Path namespace, Map<String, Path> etc,
            Map<String, Path> folders) {
        String id = plan.taskId();
        List<MountPlan> mounts = new ArrayList<>(StandardMounts.of(cgroupControllers, SecurityDefaults.SHM));
        etc.forEach((name, file) -> mounts.add(new MountPlan.Bind(file, "/etc/" + name, false, false,
                QUIET | MOUNT_ATTR_NOEXEC, true)));
        plan.mounts().forEach(mount -> mounts.add(mount(mount, folders)));
        Map<String, String> sysctls = new TreeMap<>();
        SecurityDefaults.SYSCTLS.forEach(sysctl -> sysctls.put(sysctl.path(), sysctl.value()));
        plan.sysctls().forEach((name, value) -> sysctls.put(name.replace('.', '/'), value));
        return new LaunchPlan(id, ids(plan),
                new RootPlan.Overlay(image.layers(), directories.upper(id), directories.work(id), plan.readOnlyRoot()),
                process(plan), plan.hostname(), "", new NetworkPlan.Join(namespace), mounts, List.of(),
                MaskedPaths.MASKED, MaskedPaths.READ_ONLY, sysctls, LaunchPlan.CgroupPlan.NONE,
                new LaunchPlan.ShimPlan(directories.of(id), directories.shims(), 0, plan.log().maximumBytes(),
                        plan.log().files()));
    }

    CgroupLimits limits(ContainerPlan plan) {
        ContainerPlan.Limits limits = plan.limits();
        long memory = limits.memoryBytes() == 0
                ? Math.max(SecurityDefaults.memory(nodeMemory), limits.memoryReservation())
                : limits.memoryBytes();
        return new CgroupLimits(limits.nanoCpus(), 0, "", "", memory, 0, limits.memoryReservation(),
                limits.pids() == 0 ? SecurityDefaults.PIDS : limits.pids(), 0, List.of(), DeviceRule.DEFAULTS);
    }

    private static IdRange ids(ContainerPlan plan) {
        long first = plan.ids().first();
        if (first > Integer.MAX_VALUE) {
            throw JorchException.invalid("Ids.First", first + " is above 2147483647");
        }
        return new IdRange((int) first, (int) plan.ids().size());
    }

    private static ProcessPlan process(ContainerPlan plan) {
        ContainerPlan.Confinement confinement = plan.confinement();
        Capabilities granted = Capabilities.defaultsWith(confinement.capabilityAdd(), confinement.capabilityDrop());
        ProcessPlan.User user = new ProcessPlan.User(plan.user().uid(), plan.user().gid(), plan.user().groups());
        // As execve(2) would leave it: only root holds what it may have, others may at most gain it by set-id files.
        ProcessPlan.Capabilities sets = user.uid() == 0
                ? ProcessPlan.Capabilities.of(granted.mask())
                : new ProcessPlan.Capabilities(granted.mask(), 0, 0, 0, 0);
        List<Rlimit> own = plan.limits().ulimits().stream()
                .map(limit -> Rlimit.parse(limit.name(), limit.soft(), limit.hard())).toList();
        int oomScore = plan.limits().oomScoreAdjust();
        return new ProcessPlan(plan.arguments(), plan.environment(), plan.workingDirectory(), user, UMASK, sets,
                confinement.noNewPrivileges(),
                confinement.seccomp()
                        ? new ProcessPlan.Seccomp(SeccompProfile.filter(granted).bytes())
                        : ProcessPlan.Seccomp.NONE,
                Rlimit.defaultsWith(own, Rlimit.ownOpenFiles()).stream()
                        .map(limit -> new ProcessPlan.Rlimit(limit.resource().number(), limit.soft(), limit.hard()))
                        .toList(),
                oomScore == 0 ? SecurityDefaults.OOM_SCORE_ADJUST : oomScore);
    }

    private static MountPlan mount(PlannedMount mount, Map<String, Path> folders) {
        int readOnly = mount.readOnly() ? MOUNT_ATTR_RDONLY : 0;
        return switch (mount) {
            case PlannedMount.Volume volume -> new MountPlan.Bind(folders.get(volume.target()), volume.target(), true,
                    false, QUIET | readOnly, true);
            case PlannedMount.Bind bind -> new MountPlan.Bind(source(bind), bind.target(),
                    Files.isDirectory(Path.of(bind.source())), bind.recursive(), QUIET | readOnly, true);
            case PlannedMount.Tmpfs tmpfs -> new MountPlan.Tmpfs(tmpfs.target(), tmpfs.sizeBytes(), tmpfs.mode(),
                    QUIET | readOnly | (tmpfs.executable() ? 0 : MOUNT_ATTR_NOEXEC));
        };
    }

    private static Path source(PlannedMount.Bind bind) {
        Path source = Path.of(bind.source());
        if (!Files.exists(source) && bind.create()) {
            try {
                Files.createDirectories(source);
            } catch (java.io.IOException failure) {
                throw new JorchException(io.jorch.api.error.ErrorCode.INTERNAL,
                        "can't make " + source + ": " + JorchException.describe(failure), failure);
            }
        }
        if (!Files.exists(source)) {
            throw JorchException.invalid("TaskTemplate.ContainerSpec.Mounts.Source",
                    "host path " + source + " is not there: make it, or set BindOptions.CreateMountpoint");
        }
        return source;
    }
}
