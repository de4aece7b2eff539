package io.jorch.runtime.linux;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/// Mounts, old interface and new. A detached mount is a descriptor that vanishes when it is closed.
public final class MountCalls {
    public static final long MS_RDONLY = 1;
    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_REMOUNT = 32;
    public static final long MS_BIND = 4096;
    public static final long MS_MOVE = 8192;
    public static final long MS_REC = 16384;
    public static final long MS_PRIVATE = 1 << 18;
    public static final long MS_SLAVE = 1 << 19;
    public static final long MS_SHARED = 1 << 20;

    public static final int MNT_DETACH = 2;
    public static final int UMOUNT_NOFOLLOW = 8;

    public static final int MOUNT_ATTR_RDONLY = 0x1;
    public static final int MOUNT_ATTR_NOSUID = 0x2;
    public static final int MOUNT_ATTR_NODEV = 0x4;
    public static final int MOUNT_ATTR_NOEXEC = 0x8;
    public static final int MOUNT_ATTR_IDMAP = 0x00100000;

    public static final int OPEN_TREE_CLONE = 1;
    public static final int MOVE_MOUNT_F_EMPTY_PATH = 0x4;
    public static final int MOVE_MOUNT_T_EMPTY_PATH = 0x40;

    public static final int FSCONFIG_SET_FLAG = 0;
    public static final int FSCONFIG_SET_STRING = 1;
    public static final int FSCONFIG_SET_FD = 5;
    public static final int FSCONFIG_CMD_CREATE = 6;

    private MountCalls() {
    }

    public static void mount(@Nullable String source, Path target, @Nullable String type, long flags,
            @Nullable String data) {
        Kernel.call(Syscall.MOUNT, "mount " + target, orNull(source), target.toString(), orNull(type), flags,
                orNull(data));
    }

    public static void unmount(Path target, int flags) {
        Kernel.call(Syscall.UMOUNT2, "umount " + target, target.toString(), flags);
    }

    /// A detached copy of the mount at the path, of the whole tree when recursive.
    public static Fd cloneTree(Path path, boolean recursive) {
        int flags = OPEN_TREE_CLONE | FdCalls.O_CLOEXEC | (recursive ? FdCalls.AT_RECURSIVE : 0);
        return Fd.adopt(Kernel.call(Syscall.OPEN_TREE, "open_tree " + path, FdCalls.AT_FDCWD, path.toString(), flags));
    }

    /// Sets and clears `MOUNT_ATTR_` bits of the mount behind the descriptor.
    ///
    /// @param userNamespace whose mapping the mount takes, or null; needs `MOUNT_ATTR_IDMAP` in `set`
    public static void setAttributes(Fd mount, long set, long clear, @Nullable Fd userNamespace, boolean recursive) {
        NativeMemory attributes = NativeMemory.allocate(32).putLong(0, set).putLong(8, clear).putLong(24,
                userNamespace == null ? 0 : userNamespace.number());
        Kernel.call(Syscall.MOUNT_SETATTR, "mount_setattr", mount, "",
                FdCalls.AT_EMPTY_PATH | (recursive ? FdCalls.AT_RECURSIVE : 0), attributes, 32);
    }

    public static Fd openFilesystem(String type) {
        return Fd.adopt(Kernel.call(Syscall.FSOPEN, "fsopen " + type, type, 1));
    }

    public static void configure(Fd context, String key, String value) {
        Kernel.call(Syscall.FSCONFIG, "fsconfig " + key + "=" + value, context, FSCONFIG_SET_STRING, key, value, 0);
    }

    public static void configure(Fd context, String key, Fd value) {
        Kernel.call(Syscall.FSCONFIG, "fsconfig " + key, context, FSCONFIG_SET_FD, key, 0, value);
    }

    public static void configureFlag(Fd context, String key) {
        Kernel.call(Syscall.FSCONFIG, "fsconfig " + key, context, FSCONFIG_SET_FLAG, key, 0, 0);
    }

    /// Makes the superblock of a configured context.
    public static void create(Fd context, String type) {
        Kernel.call(Syscall.FSCONFIG, "create " + type, context, FSCONFIG_CMD_CREATE, 0, 0, 0);
    }

    /// The detached mount of a created context.
    public static Fd mountDetached(Fd context, int attributes) {
        return Fd.adopt(Kernel.call(Syscall.FSMOUNT, "fsmount", context, 1, attributes));
    }

    public static void attach(Fd mount, Path target) {
        Kernel.call(Syscall.MOVE_MOUNT, "attach mount at " + target, mount, "", FdCalls.AT_FDCWD, target.toString(),
                MOVE_MOUNT_F_EMPTY_PATH);
    }

    private static Object orNull(@Nullable String text) {
        return text == null ? 0 : text;
    }
}
