package io.jorch.runtime.check;

import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.security.Landlock;
import io.jorch.runtime.security.LsmLabel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The kernel's means to confine a process.
final class ConfinementCheck {
    /// What the filter answers with (seccomp(2)).
    private static final Set<String> ACTIONS = Set.of("allow", "errno", "kill_process");

    private ConfinementCheck() {
    }

    static List<Finding> run() {
        return List.of(seccomp(HostFiles.read("/proc/sys/kernel/seccomp/actions_avail")), landlock(landlockAbi()),
                securityModule(LsmLabel.detect(Path.of("/sys"), "s0")));
    }

    /// The Landlock ABI of this kernel, or a negative error number.
    static int landlockAbi() {
        return (int) Kernel.tryCall(Syscall.LANDLOCK_CREATE_RULESET, 0, 0, Landlock.CREATE_RULESET_VERSION);
    }

    static Finding seccomp(String actions) {
        List<String> lacking = new ArrayList<>(ACTIONS);
        lacking.removeAll(List.of(actions.split(" ")));
        return lacking.isEmpty()
                ? Finding.ok("seccomp", "filters are there")
                : Finding.missing("seccomp", actions.isEmpty() ? "not built into the kernel" : "without " + lacking,
                        "tasks could make every system call", "use a kernel with CONFIG_SECCOMP_FILTER");
    }

    static Finding landlock(int abi) {
        return Landlock.usable(abi)
                ? Finding.ok("landlock", "ABI " + abi)
                : Finding.degraded("landlock", abi < 0 ? "not active" : "ABI " + abi + " is too old",
                        "one layer of protection less: a task that gets more capabilities could change its mounts",
                        "add landlock to the kernel's lsm= list");
    }

    static Finding securityModule(LsmLabel label) {
        return switch (label) {
            case LsmLabel.AppArmor armor -> Finding.ok("lsm", "AppArmor");
            case LsmLabel.SeLinux linux -> Finding.ok("lsm", "SELinux");
            case LsmLabel.None none -> Finding.degraded("lsm", "neither AppArmor nor SELinux is active",
                    "one layer of protection less: nothing but the other layers keeps a task from the host's files",
                    "boot with lsm=landlock,lockdown,yama,apparmor (Debian: install apparmor)");
        };
    }
}
