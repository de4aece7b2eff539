package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.FdCalls.O_CLOEXEC;
import static io.jorch.runtime.linux.FdCalls.O_CREAT;
import static io.jorch.runtime.linux.FdCalls.O_DIRECTORY;
import static io.jorch.runtime.linux.FdCalls.O_EXCL;
import static io.jorch.runtime.linux.FdCalls.O_NOFOLLOW;
import static io.jorch.runtime.linux.FdCalls.O_PATH;
import static io.jorch.runtime.linux.FdCalls.RESOLVE_IN_ROOT;
import static io.jorch.runtime.linux.FdCalls.RESOLVE_NO_MAGICLINKS;
import static io.jorch.runtime.linux.FdCalls.RESOLVE_NO_SYMLINKS;

import java.util.List;

import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.Label;
import io.jorch.runtime.script.ScriptBuilder;

/// Emits the resolution of paths inside the container's root. Every one is an openat2 below the root's descriptor that
/// can't leave it (RESOLVE_IN_ROOT) and follows no magic link; what is mounted or masked is then the descriptor, never
/// the path again. So links and renames in an image or a shared volume can't redirect a mount (CVE-2019-16884,
/// CVE-2019-19921, CVE-2021-30465, CVE-2025-31133, CVE-2025-52565).
final class Paths {
    private static final long INSIDE = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;

    private final ScriptBuilder script;
    private final Datum root;

    /// @param root the slot that holds the descriptor of the container's root mount
    Paths(ScriptBuilder script, Datum root) {
        this.script = script;
        this.root = root;
    }

    Datum root() {
        return root;
    }

    /// Opens the place for a mount, making it if missing.
    ///
    /// @param links whether the path may go through symbolic links, resolved inside the root
    /// @return the slot of an O_PATH descriptor
    Datum openOrMake(String step, String path, boolean directory, boolean links) {
        long resolve = links ? INSIDE : INSIDE | RESOLVE_NO_SYMLINKS;
        Datum target = script.slot("target");
        Label missing = script.label("missing");
        Label done = script.label("done");
        tryOpen(target, path, O_PATH | (directory ? O_DIRECTORY : 0), resolve);
        script.jumpIfNegative(target, missing);
        script.jump(done);
        script.place(missing);
        unlessErrnoFail(step, target, Errno.ENOENT);
        make(step, path, directory, resolve);
        script.callInto(target, step, Syscall.OPENAT2, root, relative(path),
                Structures.openHow(script, O_PATH | O_CLOEXEC | (directory ? O_DIRECTORY : 0), 0, resolve), 24);
        script.place(done);
        return target;
    }

    /// Tries to open an existing path without following any link; the slot then holds a descriptor or an errno.
    void tryOpenPlain(Datum slot, String path, int flags) {
        tryOpen(slot, path, flags, INSIDE | RESOLVE_NO_SYMLINKS);
    }

    /// Ends the script unless the slot holds this errno.
    void unlessErrnoFail(String step, Datum slot, Errno expected) {
        Label fine = script.label("fine");
        script.jumpIfEqual(slot, -expected.number(), fine);
        script.fail(step, slot);
        script.place(fine);
    }

    private void tryOpen(Datum slot, String path, int flags, long resolve) {
        script.tryInto(slot, "open " + path, Syscall.OPENAT2, root, relative(path),
                Structures.openHow(script, flags | O_CLOEXEC, 0, resolve), 24);
    }

    private void make(String step, String path, boolean directory, long resolve) {
        List<String> parts = ContainerPath.parts(path);
        Datum parent = root;
        StringBuilder prefix = new StringBuilder();
        int directories = directory ? parts.size() : parts.size() - 1;
        for (int i = 0; i < directories; i++) {
            prefix.append(i == 0 ? "" : "/").append(parts.get(i));
            makeDirectory(step, parent, parts.get(i));
            parent = script.result("dir", step, Syscall.OPENAT2, root, prefix.toString(),
                    Structures.openHow(script, O_PATH | O_DIRECTORY | O_CLOEXEC, 0, resolve), 24);
        }
        if (!directory) {
            // Not opened for writing: that would keep the root from being made read-only (EBUSY).
            script.result("file", step, Syscall.OPENAT2, parent, parts.getLast(),
                    Structures.openHow(script, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644,
                            INSIDE | RESOLVE_NO_SYMLINKS),
                    24);
        }
    }

    private void makeDirectory(String step, Datum parent, String name) {
        Datum made = script.slot("made");
        Label fine = script.label("fine");
        script.tryInto(made, step, Syscall.MKDIRAT, parent, name, 0755);
        script.jumpIfEqual(made, 0, fine);
        unlessErrnoFail(step, made, Errno.EEXIST);
        script.place(fine);
    }

    private static String relative(String path) {
        return path.equals("/") ? "." : path.substring(1);
    }
}
