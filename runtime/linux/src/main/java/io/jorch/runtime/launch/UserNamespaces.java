package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.FdCalls.O_CLOEXEC;
import static io.jorch.runtime.linux.FdCalls.O_DIRECTORY;
import static io.jorch.runtime.linux.FdCalls.O_PATH;
import static io.jorch.runtime.linux.FdCalls.O_WRONLY;

import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.Label;
import io.jorch.runtime.script.Operand;
import io.jorch.runtime.script.ScriptBuilder;

/// Emits the making of user namespaces with the container's id map.
final class UserNamespaces {
    private final ScriptBuilder script;
    private final IdRange range;

    UserNamespaces(ScriptBuilder script, IdRange range) {
        this.script = script;
        this.range = range;
    }

    /// A user namespace that exists for idmapped mounts only: made by a short-lived child, held by a descriptor.
    /// It stays open as [Descriptors#USER_NAMESPACE].
    void makeForMounts() {
        String step = "make the id map";
        Operand[] pipe = pipe(script, step);
        Datum holder = script.result("holder", step, Syscall.CLONE3,
                Structures.cloneArguments(script, NamespaceCalls.CLONE_NEWUSER), 88);
        Label parent = script.label("parent");
        Label child = script.label("child");
        script.jumpIfEqual(holder, 0, child);
        script.jump(parent);
        script.place(child);
        // Ends when the parent closes its end of the pipe, or dies.
        script.call(step, Syscall.CLOSE, pipe[1]);
        script.call(step, Syscall.READ, pipe[0], script.bytes("byte", new byte[8]), 1);
        script.call(step, Syscall.EXIT_GROUP, 0);
        script.place(parent);
        Datum directory = openProcess(holder);
        writeMaps(directory);
        Datum namespace = script.result("userns", step, Syscall.OPENAT, directory, "ns/user", O_CLOEXEC);
        script.call(step, Syscall.DUP3, namespace, Descriptors.USER_NAMESPACE, O_CLOEXEC);
        script.call(step, Syscall.CLOSE, namespace);
        script.call(step, Syscall.CLOSE, directory);
        script.call(step, Syscall.CLOSE, pipe[1]);
        script.call(step, Syscall.CLOSE, pipe[0]);
        script.call(step, Syscall.WAIT4, holder, 0, 0, 0);
    }

    /// The slot of a descriptor of /proc/PID.
    Datum openProcess(Datum pid) {
        Datum path = script.buffer("/proc/##########");
        script.writeNumber(pid, path, 6, '/');
        return script.result("procdir", "open /proc/PID", Syscall.OPENAT, FdCalls.AT_FDCWD, path,
                O_PATH | O_DIRECTORY | O_CLOEXEC);
    }

    void writeMaps(Datum processDirectory) {
        write(processDirectory, "uid_map", range.mapLine(), "write uid_map");
        write(processDirectory, "gid_map", range.mapLine(), "write gid_map");
    }

    void write(Datum directory, String file, String text, String step) {
        Datum opened = script.result("file", step, Syscall.OPENAT, directory, file, O_WRONLY | O_CLOEXEC);
        script.call(step, Syscall.WRITE, opened, text, ScriptBuilder.lengthOf(text));
        script.call(step, Syscall.CLOSE, opened);
    }

    /// A close-on-exec pipe: its {read end, write end}.
    static Operand[] pipe(ScriptBuilder script, String step) {
        // Room for the eight bytes that are read at the second descriptor.
        Datum pair = script.bytes("pipe", new byte[16]);
        script.call(step, Syscall.PIPE2, pair, O_CLOEXEC);
        return new Operand[]{new Operand.Value(pair, 0), new Operand.Value(pair, 4)};
    }
}
