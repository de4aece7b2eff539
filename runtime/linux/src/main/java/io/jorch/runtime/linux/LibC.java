package io.jorch.runtime.linux;

import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/// The few libc functions that jorch calls. Almost all goes through `syscall(2)`, whose seven arguments also avoid
/// jnr-ffi#181: on x86-64 it corrupts the sixth argument of methods with exactly six, so such a method declares a
/// dummy seventh here.
public interface LibC {
    /// `syscall(2)`: -1 on failure, the errno then being in [#lastError()]. Pointers are passed as addresses.
    long syscall(long number, long a, long b, long c, long d, long e, long f);

    /// `posix_spawn(3)`: answers 0 or the error number itself, not through errno.
    @SuppressWarnings("checkstyle:MethodName")
    int posix_spawn(Pointer pid, Pointer path, Pointer actions, Pointer attributes, Pointer argv, Pointer envp,
            long unused);

    int posix_spawn_file_actions_init(Pointer actions);

    int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int target);

    int posix_spawn_file_actions_destroy(Pointer actions);

    int posix_spawnattr_init(Pointer attributes);

    int posix_spawnattr_setflags(Pointer attributes, short flags);

    int posix_spawnattr_setsigmask(Pointer attributes, Pointer set);

    int posix_spawnattr_setsigdefault(Pointer attributes, Pointer set);

    int posix_spawnattr_destroy(Pointer attributes);

    int sigemptyset(Pointer set);

    int sigfillset(Pointer set);

    static LibC instance() {
        return Loaded.INSTANCE;
    }

    /// jnr's runtime of the loaded library, for allocating native memory.
    static Runtime runtime() {
        return Loaded.RUNTIME;
    }

    /// The errno of this thread's last call.
    static int lastError() {
        return Loaded.RUNTIME.getLastError();
    }

    /// Loads the library at first use, once.
    final class Loaded {
        private static final LibC INSTANCE = LibraryLoader.create(LibC.class).option(LibraryOption.SaveError, true)
                .load("c");
        private static final Runtime RUNTIME = Runtime.getRuntime(INSTANCE);

        private Loaded() {
        }
    }
}
