package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.FdCalls.AT_EMPTY_PATH;
import static io.jorch.runtime.linux.FdCalls.AT_RECURSIVE;
import static io.jorch.runtime.linux.FdCalls.O_CLOEXEC;
import static io.jorch.runtime.linux.FdCalls.O_DIRECTORY;
import static io.jorch.runtime.linux.FdCalls.O_PATH;
import static io.jorch.runtime.linux.FdCalls.O_WRONLY;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NODEV;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NOEXEC;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NOSUID;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_RDONLY;
import static io.jorch.runtime.linux.MountCalls.OPEN_TREE_CLONE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.Label;
import io.jorch.runtime.script.ScriptBuilder;

/// Emits, for the child half, the mounts below the container's root, and the masks over what must not be seen.
final class InsideMounts {
    private static final int QUIET = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

    private final ScriptBuilder script;
    private final Mounting mounting;
    private final Paths paths;

    InsideMounts(ScriptBuilder script, Mounting mounting, Paths paths) {
        this.script = script;
        this.mounting = mounting;
        this.paths = paths;
    }

    /// @param prepared the detached mounts that the parent half made for some of the plan's entries, by identity
    /// @return the slots of all mounts' descriptors, by target
    Map<String, Datum> attach(List<MountPlan> mounts, Map<MountPlan, Datum> prepared) {
        Map<String, Datum> attached = new LinkedHashMap<>();
        Map<String, Datum> sealedLast = new LinkedHashMap<>();
        for (MountPlan mount : mounts) {
            String step = "mount " + mount.target();
            Datum ready = prepared.get(mount);
            Datum detached = ready != null ? ready : make(step, mount);
            boolean directory = !(mount instanceof MountPlan.Bind bind) || bind.directory();
            boolean trusted = mount instanceof MountPlan.Devices
                    || mount instanceof MountPlan.Filesystem filesystem && filesystem.trusted();
            mounting.attach(step, detached, paths.openOrMake(step, mount.target(), directory, !trusted));
            attached.put(mount.target(), detached);
            if (isReadOnlyTmpfs(mount)) {
                sealedLast.put(step, detached);
            }
        }
        sealedLast.forEach((step, mount) -> mounting.restrict(step, mount, MOUNT_ATTR_RDONLY, false));
        return attached;
    }

    /// Mount points are still to be made in it, so it becomes read-only at the end.
    private static boolean isReadOnlyTmpfs(MountPlan mount) {
        return mount instanceof MountPlan.Filesystem filesystem && filesystem.type().equals("tmpfs")
                && (filesystem.attributes() & MOUNT_ATTR_RDONLY) != 0;
    }

    private Datum make(String step, MountPlan mount) {
        return switch (mount) {
            case MountPlan.Filesystem filesystem -> mounting.filesystem(step, filesystem.type(), filesystem.options(),
                    filesystem.attributes() & (isReadOnlyTmpfs(filesystem) ? ~MOUNT_ATTR_RDONLY : -1));
            case MountPlan.Tmpfs(String target, long sizeBytes, int permissions, int attributes) -> {
                Map<String, String> options = new LinkedHashMap<>();
                options.put("mode", Integer.toOctalString(permissions));
                if (sizeBytes > 0) {
                    options.put("size", Long.toString(sizeBytes));
                }
                yield mounting.filesystem(step, "tmpfs", options, attributes);
            }
            case MountPlan.Bind bind -> throw new IllegalStateException("bind " + bind.target() + " is not prepared");
            case MountPlan.Devices devices -> throw new IllegalStateException("/dev is not prepared: " + devices);
        };
    }

    /// Directories get an empty read-only tmpfs, files the container's own null device: made by us through descriptors,
    /// so never what the image has at /dev/null (CVE-2025-31133).
    ///
    /// @param dev the slot of the mount of /dev
    void mask(String path, Datum dev) {
        String step = "mask " + path;
        Datum place = script.slot("place");
        Label file = script.label("file");
        Label done = script.label("done");
        paths.tryOpenPlain(place, path, O_PATH | O_DIRECTORY);
        script.jumpIfNegative(place, file);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("mode", "755");
        options.put("size", "4096");
        mounting.attach(step, mounting.filesystem(step, "tmpfs", options, QUIET | MOUNT_ATTR_RDONLY), place);
        script.jump(done);
        script.place(file);
        script.jumpIfEqual(place, -Errno.ENOENT.number(), done);
        paths.unlessErrnoFail(step, place, Errno.ENOTDIR);
        paths.tryOpenPlain(place, path, O_PATH);
        script.jumpIfEqual(place, -Errno.ENOENT.number(), done);
        failIfNegative(step, place);
        Datum nothing = script.result("null", step, Syscall.OPEN_TREE, dev, "null", OPEN_TREE_CLONE | O_CLOEXEC);
        mounting.restrict(step, nothing, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, false);
        mounting.attach(step, nothing, place);
        script.place(done);
    }

    void makeReadOnly(String path) {
        String step = "make read-only " + path;
        Datum place = script.slot("place");
        Label done = script.label("done");
        paths.tryOpenPlain(place, path, O_PATH);
        script.jumpIfEqual(place, -Errno.ENOENT.number(), done);
        failIfNegative(step, place);
        Datum copy = script.result("copy", step, Syscall.OPEN_TREE, place, "",
                OPEN_TREE_CLONE | O_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE);
        mounting.restrict(step, copy, MOUNT_ATTR_RDONLY, true);
        mounting.attach(step, copy, place);
        script.place(done);
    }

    /// Writes through the descriptor of the container's own procfs, so that no mount or link can redirect it
    /// (CVE-2025-52881).
    ///
    /// @param proc the slot of the mount of /proc
    void writeSysctl(Datum proc, String key, String value) {
        String step = "set sysctl " + key;
        Datum file = script.result("sysctl", step, Syscall.OPENAT2, proc, "sys/" + key,
                Structures.openHow(script, O_WRONLY | O_CLOEXEC, 0,
                        FdCalls.RESOLVE_BENEATH | FdCalls.RESOLVE_NO_SYMLINKS | FdCalls.RESOLVE_NO_XDEV),
                24);
        script.call(step, Syscall.WRITE, file, value, ScriptBuilder.lengthOf(value));
        script.call(step, Syscall.CLOSE, file);
    }

    private void failIfNegative(String step, Datum slot) {
        Label bad = script.label("bad");
        Label fine = script.label("fine");
        script.jumpIfNegative(slot, bad);
        script.jump(fine);
        script.place(bad);
        script.fail(step, slot);
        script.place(fine);
    }
}
