package io.jorch.runtime.security;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The Landlock ruleset of a task (linux/landlock.h): every right the kernel knows is handled, and all are allowed
/// below the task's root. So nothing reached by another way than its root (a descriptor left open on the host's file
/// system) can be opened through, and the task can't change its mount topology at all, whatever capability it gets:
/// the kernel refuses mount, umount and pivot_root to a restricted process.
///
/// Landlock only allows, so it can't take single paths away: those are masks and read-only mounts. No scopes (ABI 6)
/// are set: a process that joins later (exec, health check) has a domain of its own, and scopes would cut it off from
/// the task's sockets and signals. For the same reason such a process can't ptrace the task.
public final class Landlock {
    /// The first with REFER: below it every rename or link across folders is refused, so it is not used.
    public static final int LOWEST_ABI = 2;
    /// The newest whose rights are known here; a newer kernel takes these as well.
    public static final int NEWEST_ABI = 7;

    /// `LANDLOCK_CREATE_RULESET_VERSION`, the flag that asks for the ABI.
    public static final int CREATE_RULESET_VERSION = 1;
    /// `LANDLOCK_RULE_PATH_BENEATH`.
    public static final int RULE_PATH_BENEATH = 1;

    /// EXECUTE … MAKE_SYM.
    private static final long ABI_1 = (1L << 13) - 1;
    private static final long REFER = 1L << 13;
    private static final long TRUNCATE = 1L << 14;
    private static final long IOCTL_DEV = 1L << 15;

    private Landlock() {
    }

    /// All file-system rights that a kernel of this ABI handles.
    public static long rights(int abi) {
        long rights = ABI_1;
        rights |= abi >= 2 ? REFER : 0;
        rights |= abi >= 3 ? TRUNCATE : 0;
        rights |= abi >= 5 ? IOCTL_DEV : 0;
        return rights;
    }

    public static boolean usable(int abi) {
        return abi >= LOWEST_ABI;
    }

    /// `struct landlock_ruleset_attr`, in its first form (one field), which every kernel takes.
    public static byte[] rulesetAttribute(int abi) {
        return ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(rights(abi)).array();
    }

    /// `struct landlock_path_beneath_attr` (packed: 8 + 4 bytes), allowing all below an open directory.
    ///
    /// @param root the descriptor of the task's root in the process that makes the call
    public static byte[] pathBeneath(int abi, int root) {
        return ByteBuffer.allocate(12).order(ByteOrder.nativeOrder()).putLong(rights(abi)).putInt(root).array();
    }
}
