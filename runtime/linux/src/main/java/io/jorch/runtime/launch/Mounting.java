package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.FdCalls.AT_EMPTY_PATH;
import static io.jorch.runtime.linux.FdCalls.AT_FDCWD;
import static io.jorch.runtime.linux.FdCalls.AT_RECURSIVE;
import static io.jorch.runtime.linux.FdCalls.O_CLOEXEC;
import static io.jorch.runtime.linux.MountCalls.FSCONFIG_CMD_CREATE;
import static io.jorch.runtime.linux.MountCalls.FSCONFIG_SET_FLAG;
import static io.jorch.runtime.linux.MountCalls.FSCONFIG_SET_STRING;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_IDMAP;
import static io.jorch.runtime.linux.MountCalls.MOVE_MOUNT_F_EMPTY_PATH;
import static io.jorch.runtime.linux.MountCalls.MOVE_MOUNT_T_EMPTY_PATH;
import static io.jorch.runtime.linux.MountCalls.MS_PRIVATE;
import static io.jorch.runtime.linux.MountCalls.OPEN_TREE_CLONE;

import java.nio.file.Path;
import java.util.Map;

import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.ScriptBuilder;

/// Emits the making of detached mounts, which belong to no mount namespace and vanish with their descriptor.
final class Mounting {
    private static final int CLOSE_ON_EXEC = 1;

    private final ScriptBuilder script;

    Mounting(ScriptBuilder script) {
        this.script = script;
    }

    /// @return the slot of the detached mount of a fresh instance of a filesystem
    Datum filesystem(String step, String type, Map<String, String> options, int attributes) {
        Datum context = script.result("fs", step, Syscall.FSOPEN, type, CLOSE_ON_EXEC);
        options.forEach((key, value) -> option(step, context, key, value));
        return create(step, context, attributes);
    }

    void option(String step, Datum context, String key, String value) {
        if (value.isEmpty()) {
            script.call(step, Syscall.FSCONFIG, context, FSCONFIG_SET_FLAG, key, 0, 0);
        } else {
            script.call(step, Syscall.FSCONFIG, context, FSCONFIG_SET_STRING, key, value, 0);
        }
    }

    Datum create(String step, Datum context, int attributes) {
        script.call(step, Syscall.FSCONFIG, context, FSCONFIG_CMD_CREATE, 0, 0, 0);
        Datum mount = script.result("mnt", step, Syscall.FSMOUNT, context, CLOSE_ON_EXEC, attributes);
        script.call(step, Syscall.CLOSE, context);
        return mount;
    }

    /// @param idMapped whether the copy takes the id map of the namespace at [Descriptors#USER_NAMESPACE]
    /// @return the slot of a detached private copy of what is at the host's path
    Datum copy(String step, Path path, boolean recursive, int attributes, boolean idMapped) {
        Datum mount = script.result("mnt", step, Syscall.OPEN_TREE, AT_FDCWD, path.toString(),
                OPEN_TREE_CLONE | O_CLOEXEC | (recursive ? AT_RECURSIVE : 0));
        Datum structure = Structures.mountAttributes(script, attributes | (idMapped ? MOUNT_ATTR_IDMAP : 0), MS_PRIVATE,
                idMapped ? Descriptors.USER_NAMESPACE : 0);
        script.call(step, Syscall.MOUNT_SETATTR, mount, "", AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0), structure,
                32);
        return mount;
    }

    /// Sets attributes of a mount that is there already.
    void restrict(String step, Datum mount, int attributes, boolean recursive) {
        script.call(step, Syscall.MOUNT_SETATTR, mount, "", AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0),
                Structures.mountAttributes(script, attributes, 0, 0), 32);
    }

    /// Puts a detached mount on the place that a descriptor names, and closes the place's descriptor; the mount's stays.
    void attach(String step, Datum mount, Datum target) {
        script.call(step, Syscall.MOVE_MOUNT, mount, "", target, "",
                MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
        script.call(step, Syscall.CLOSE, target);
    }
}
