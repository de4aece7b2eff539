package io.jorch.runtime.launch;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.LibC;
import io.jorch.runtime.linux.NativeMemory;
import io.jorch.runtime.linux.ProcessCalls;
import io.jorch.runtime.linux.SyscallException;
import io.jorch.runtime.script.Script;

/// Starts the native interpreter with a script. posix_spawn shares the JVM's memory until the execve, so its cost does
/// not grow with the heap.
final class Interpreter {
    /// POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID: a container must not inherit what the JVM
    /// ignores or blocks, nor its terminal.
    private static final short FLAGS = 0x04 | 0x08 | 0x80;
    /// Above glibc's and musl's sizes of posix_spawn_file_actions_t, posix_spawnattr_t and sigset_t.
    private static final int ROOM = 512;

    private Interpreter() {
    }

    /// A started interpreter; this JVM must reap it.
    ///
    /// @param report the read end of its report pipe
    record Running(int pid, Fd pidfd, Fd report) implements AutoCloseable {
        @Override
        public void close() {
            report.close();
            pidfd.close();
        }
    }

    /// A descriptor to pass on and the number it gets.
    record Passed(Fd fd, int number) {
    }

    static Running start(Script script, List<Passed> further) {
        Fd[] pipe = FdCalls.pipe();
        try (Fd image = FdCalls.sealedMemfd("jorch-script", script.image(), false); Fd writeEnd = pipe[1]) {
            List<Passed> passed = new ArrayList<>(further);
            passed.add(new Passed(image, Descriptors.SCRIPT));
            passed.add(new Passed(writeEnd, Descriptors.REPORT));
            int pid = spawn(NativePrograms.instance().interpreter(), passed);
            // A child of ours keeps its pid until it is reaped, so this can't be another process.
            return new Running(pid, ProcessCalls.openPid(pid), pipe[0]);
        } catch (RuntimeException failure) {
            pipe[0].close();
            throw failure;
        }
    }

    private static int spawn(Fd program, List<Passed> passed) {
        LibC libc = LibC.instance();
        NativeMemory actions = NativeMemory.allocate(ROOM);
        NativeMemory attributes = NativeMemory.allocate(ROOM);
        NativeMemory none = NativeMemory.allocate(ROOM);
        NativeMemory all = NativeMemory.allocate(ROOM);
        NativeMemory pid = NativeMemory.allocate(8);
        NativeMemory path = NativeMemory.string("/proc/self/fd/" + program.number());
        NativeMemory name = NativeMemory.string("jorch-interpreter");
        NativeMemory argv = NativeMemory.allocate(16).putLong(0, name.address());
        NativeMemory envp = NativeMemory.allocate(8);
        libc.sigemptyset(none.pointer());
        libc.sigfillset(all.pointer());
        check(libc.posix_spawn_file_actions_init(actions.pointer()));
        check(libc.posix_spawnattr_init(attributes.pointer()));
        try {
            passed.forEach(one -> check(
                    libc.posix_spawn_file_actions_adddup2(actions.pointer(), one.fd().number(), one.number())));
            check(libc.posix_spawnattr_setsigmask(attributes.pointer(), none.pointer()));
            check(libc.posix_spawnattr_setsigdefault(attributes.pointer(), all.pointer()));
            check(libc.posix_spawnattr_setflags(attributes.pointer(), FLAGS));
            check(libc.posix_spawn(pid.pointer(), path.pointer(), actions.pointer(), attributes.pointer(),
                    argv.pointer(), envp.pointer(), 0));
            return pid.getInt(0);
        } finally {
            libc.posix_spawn_file_actions_destroy(actions.pointer());
            libc.posix_spawnattr_destroy(attributes.pointer());
            Reference.reachabilityFence(name);
            Reference.reachabilityFence(passed);
        }
    }

    private static void check(int error) {
        if (error != 0) {
            throw new SyscallException("posix_spawn", error, "start the interpreter");
        }
    }
}
