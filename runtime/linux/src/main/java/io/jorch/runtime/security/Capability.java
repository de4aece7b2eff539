package io.jorch.runtime.security;

import io.jorch.api.error.JorchException;
import java.util.Locale;

/// The kernel's capabilities (linux/capability.h), in the order of their bits: the ordinal is the bit.
public enum Capability {
    CHOWN, DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, LINUX_IMMUTABLE,
    NET_BIND_SERVICE, NET_BROADCAST, NET_ADMIN, NET_RAW, IPC_LOCK, IPC_OWNER, SYS_MODULE, SYS_RAWIO, SYS_CHROOT,
    SYS_PTRACE, SYS_PACCT, SYS_ADMIN, SYS_BOOT, SYS_NICE, SYS_RESOURCE, SYS_TIME, SYS_TTY_CONFIG, MKNOD, LEASE,
    AUDIT_WRITE, AUDIT_CONTROL, SETFCAP, MAC_OVERRIDE, MAC_ADMIN, SYSLOG, WAKE_ALARM, BLOCK_SUSPEND, AUDIT_READ,
    PERFMON, BPF, CHECKPOINT_RESTORE;

    public int bit() {
        return ordinal();
    }

    public long mask() {
        return 1L << ordinal();
    }

    /// `CAP_CHOWN`: the spelling of Docker's API and of the kernel.
    public String fullName() {
        return "CAP_" + name();
    }

    /// Takes what Docker takes: any case, with or without `CAP_`.
    ///
    /// @param field the request's field, for the error
    public static Capability parse(String field, String text) {
        String name = text.toUpperCase(Locale.ROOT);
        String bare = name.startsWith("CAP_") ? name.substring(4) : name;
        for (Capability capability : values()) {
            if (capability.name().equals(bare)) {
                return capability;
            }
        }
        throw JorchException.invalid(field, "unknown capability " + text + ": see capabilities(7)");
    }
}
