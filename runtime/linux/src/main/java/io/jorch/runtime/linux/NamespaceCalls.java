package io.jorch.runtime.linux;

/// Entering and making namespaces. They change the calling thread only: see [NamespaceThread].
public final class NamespaceCalls {
    public static final long CLONE_NEWTIME = 0x80;
    public static final long CLONE_NEWNS = 0x00020000;
    public static final long CLONE_NEWCGROUP = 0x02000000;
    public static final long CLONE_NEWUTS = 0x04000000;
    public static final long CLONE_NEWIPC = 0x08000000;
    public static final long CLONE_NEWUSER = 0x10000000;
    public static final long CLONE_NEWPID = 0x20000000;
    public static final long CLONE_NEWNET = 0x40000000;

    private NamespaceCalls() {
    }

    /// @param namespace a descriptor of `/proc/PID/ns/X`, of a file it is bound to, or a pidfd
    /// @param type which `CLONE_NEW` it must be; for a pidfd, which ones to enter
    public static void enter(Fd namespace, long type) {
        Kernel.call(Syscall.SETNS, "setns", namespace, type);
    }

    public static void unshare(long flags) {
        Kernel.call(Syscall.UNSHARE, "unshare", flags);
    }
}
