package io.jorch.runtime.check;

import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.security.Capabilities;
import io.jorch.runtime.security.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What we ourselves may do.
final class PrivilegeCheck {
    /// Without one of these no task can be started.
    private static final Capabilities NEEDED = Capabilities.of(Capability.SYS_ADMIN, Capability.NET_ADMIN,
            Capability.CHOWN, Capability.DAC_OVERRIDE, Capability.FOWNER, Capability.FSETID, Capability.KILL,
            Capability.MKNOD, Capability.SETUID, Capability.SETGID, Capability.SETPCAP, Capability.SETFCAP,
            Capability.SYS_CHROOT, Capability.SYS_PTRACE, Capability.NET_BIND_SERVICE);

    private PrivilegeCheck() {
    }

    static List<Finding> run() {
        return List.of(root(Kernel.call(Syscall.GETEUID, "geteuid")), capabilities(HostFiles.read("/proc/self/status")),
                userNamespaces(HostFiles.read("/proc/sys/user/max_user_namespaces"), chrooted()));
    }

    static Finding root(long user) {
        return user == 0
                ? Finding.ok("root", "running as root")
                : Finding.missing("root", "running as user " + user, "namespaces, mounts and cgroups can't be made",
                        "run the daemon as root, e.g. by its systemd unit");
    }

    static Finding capabilities(String status) {
        Capabilities held = status.lines().filter(line -> line.startsWith("CapEff:"))
                .map(line -> new Capabilities(Long.parseUnsignedLong(line.substring(7).strip(), 16))).findFirst()
                .orElse(Capabilities.NONE);
        Capabilities lacking = NEEDED.minus(held);
        if (!lacking.equals(Capabilities.NONE)) {
            return Finding.missing("capabilities", "lacking " + lacking, "tasks can't be started",
                    "run outside of a container, or in a privileged one");
        }
        return held.contains(Capability.SYS_RESOURCE)
                ? Finding.ok("capabilities", "all that are needed")
                : Finding.degraded("capabilities", "lacking CAP_SYS_RESOURCE",
                        "resource limits can't be raised above the daemon's own",
                        "give it to whatever starts the daemon");
    }

    static Finding userNamespaces(String most, boolean chrooted) {
        if (most.isEmpty() || most.equals("0")) {
            return Finding.missing("user-namespaces", most.isEmpty() ? "not built into the kernel" : "none allowed",
                    "root in a task would be root on the host", "sysctl -w user.max_user_namespaces=65536");
        }
        return chrooted
                ? Finding.missing("user-namespaces", "refused, because we run in a chroot",
                        "root in a task would be root on the host",
                        "start jorch outside of the chroot, or enter it by pivot_root")
                : Finding.ok("user-namespaces", "up to " + most);
    }

    /// The kernel refuses a chrooted process user namespaces (user_namespaces(7), EPERM). We are chrooted if our root
    /// is not that of the first process in the same mount namespace; in another namespace there is nothing to compare.
    private static boolean chrooted() {
        try {
            Path first = Path.of("/proc/1/ns/mnt");
            boolean sameNamespace = Files.readSymbolicLink(first)
                    .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")));
            return sameNamespace && !Files.isSameFile(Path.of("/"), Path.of("/proc/1/root/."));
        } catch (IOException hidden) {
            // We may not look at it, so we are not its root: the root finding says the rest.
            return false;
        }
    }
}
