package io.jorch.runtime.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Calls on files and descriptors. All descriptors are opened close-on-exec.
public final class FdCalls {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0100;
    public static final int O_EXCL = 0200;
    public static final int O_TRUNC = 01000;
    public static final int O_APPEND = 02000;
    public static final int O_NONBLOCK = 04000;
    public static final int O_CLOEXEC = 02000000;
    public static final int O_PATH = 010000000;
    // These two differ: arch/arm64/include/uapi/asm/fcntl.h.
    public static final int O_DIRECTORY = Architecture.current() == Architecture.X86_64 ? 0200000 : 040000;
    public static final int O_NOFOLLOW = Architecture.current() == Architecture.X86_64 ? 0400000 : 0100000;

    private static final int POLLIN = 1;
    private static final int POLLPRI = 2;

    public static final int AT_FDCWD = -100;
    public static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final int AT_REMOVEDIR = 0x200;
    public static final int AT_EMPTY_PATH = 0x1000;
    public static final int AT_RECURSIVE = 0x8000;

    public static final long RESOLVE_NO_XDEV = 0x01;
    public static final long RESOLVE_NO_MAGICLINKS = 0x02;
    public static final long RESOLVE_NO_SYMLINKS = 0x04;
    public static final long RESOLVE_BENEATH = 0x08;
    public static final long RESOLVE_IN_ROOT = 0x10;

    private FdCalls() {
    }

    public static Fd open(Path path, int flags) {
        return open(path, flags, 0);
    }

    public static Fd open(Path path, int flags, int mode) {
        return Fd.adopt(Kernel.call(Syscall.OPENAT, "open " + path, AT_FDCWD, path.toString(), flags | O_CLOEXEC, mode));
    }

    public static Fd openAt(Fd directory, String path, int flags, int mode) {
        return Fd.adopt(Kernel.call(Syscall.OPENAT, "open " + path, directory, path, flags | O_CLOEXEC, mode));
    }

    /// `openat2(2)` below a directory with `RESOLVE_` flags; ELOOP and EXDEV say that the path tried to leave it.
    public static Fd openAt2(Fd directory, String path, int flags, int mode, long resolve) {
        NativeMemory how = NativeMemory.allocate(24).putLong(0, (flags | O_CLOEXEC) & 0xffffffffL).putLong(8, mode)
                .putLong(16, resolve);
        return Fd.adopt(Kernel.call(Syscall.OPENAT2, "open " + path, directory, path, how, 24));
    }

    /// Reads once, up to the buffer's length.
    ///
    /// @return the bytes read, 0 at the end
    public static int read(Fd fd, byte[] buffer) {
        NativeMemory memory = NativeMemory.allocate(buffer.length);
        int length = (int) Kernel.call(Syscall.READ, "read " + fd, fd, memory, buffer.length);
        System.arraycopy(memory.getBytes(0, length), 0, buffer, 0, length);
        return length;
    }

    /// As [#read], at an offset and without moving the descriptor's position.
    public static int readAt(Fd fd, byte[] buffer, long offset) {
        NativeMemory memory = NativeMemory.allocate(buffer.length);
        int length = (int) Kernel.call(Syscall.PREAD64, "read " + fd, fd, memory, buffer.length, offset);
        System.arraycopy(memory.getBytes(0, length), 0, buffer, 0, length);
        return length;
    }

    /// Writes all of the bytes.
    public static void write(Fd fd, byte[] bytes) {
        NativeMemory memory = NativeMemory.of(bytes);
        long done = 0;
        while (done < bytes.length) {
            done += Kernel.call(Syscall.WRITE, "write " + fd, fd, memory.address() + done, bytes.length - done);
        }
        java.lang.ref.Reference.reachabilityFence(memory);
    }

    /// A pipe as {read end, write end}.
    public static Fd[] pipe() {
        NativeMemory pair = NativeMemory.allocate(8);
        Kernel.call(Syscall.PIPE2, "pipe", pair, O_CLOEXEC);
        return new Fd[]{Fd.adopt(pair.getInt(0)), Fd.adopt(pair.getInt(4))};
    }

    /// Waits until the descriptor can be read or has hung up.
    ///
    /// @return false when the time has passed first
    public static boolean awaitReadable(Fd fd, Duration timeout) {
        return !awaitAny(List.of(fd), timeout).isEmpty();
    }

    /// Waits until any of the descriptors can be read or has hung up.
    ///
    /// @return those that can; none when the time has passed first
    public static List<Fd> awaitAny(List<Fd> fds, Duration timeout) {
        return poll(fds, POLLIN, timeout);
    }

    /// Waits until a file of the kernel's that tells of changes by POLLPRI (`cgroup.events`, `*.pressure`) has changed
    /// since it was read.
    ///
    /// @return false when the time has passed first
    public static boolean awaitChange(Fd fd, Duration timeout) {
        return !poll(List.of(fd), POLLPRI, timeout).isEmpty();
    }

    private static List<Fd> poll(List<Fd> fds, int events, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        NativeMemory polls = NativeMemory.allocate(8 * fds.size());
        for (int i = 0; i < fds.size(); i++) {
            polls.putInt(8 * i, fds.get(i).number()).putShort(8 * i + 4, events);
        }
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime());
            NativeMemory time = NativeMemory.allocate(16).putLong(0, left / 1_000_000_000L)
                    .putLong(8, left % 1_000_000_000L);
            long ready = Kernel.tryCall(Syscall.PPOLL, polls, fds.size(), time, 0, 8);
            if (ready >= 0) {
                return IntStream.range(0, fds.size()).filter(i -> polls.getShort(8 * i + 6) != 0).mapToObj(fds::get)
                        .toList();
            }
            if (ready != -Errno.EINTR.number()) {
                throw new SyscallException("ppoll", (int) -ready, "wait for " + fds);
            }
        }
    }

    public static long ioctl(Fd fd, long request, NativeMemory argument, String step) {
        return Kernel.call(Syscall.IOCTL, step, fd, request, argument);
    }

    /// An anonymous file holding the bytes, sealed against every change (memfd_create(2)).
    public static Fd sealedMemfd(String name, byte[] content, boolean executable) {
        // MFD_CLOEXEC | MFD_ALLOW_SEALING; MFD_EXEC is 6.3+: older kernels refuse it and are executable anyway.
        long number = executable ? Kernel.tryCall(Syscall.MEMFD_CREATE, name, 0x13) : -Errno.EINVAL.number();
        if (number == -Errno.EINVAL.number()) {
            number = Kernel.call(Syscall.MEMFD_CREATE, "memfd_create " + name, name, 3);
        }
        Fd fd = Fd.adopt(number);
        try {
            write(fd, content);
            // F_ADD_SEALS: F_SEAL_SEAL | SHRINK | GROW | WRITE.
            Kernel.call(Syscall.FCNTL, "seal " + name, fd, 1033, 0xf);
            return fd;
        } catch (RuntimeException failure) {
            fd.close();
            throw failure;
        }
    }

    /// Creates a node: mode holds type and permissions (e.g. `020666`), device as from [#device].
    public static void makeNode(Fd directory, String name, int mode, long device) {
        Kernel.call(Syscall.MKNODAT, "mknod " + name, directory, name, mode, device);
    }

    /// The kernel's encoding of a device number (`new_encode_dev`).
    public static long device(int major, int minor) {
        return (minor & 0xff) | (long) (major & 0xfff) << 8 | (long) (minor & ~0xff) << 12;
    }

    public static void changeOwner(Fd directory, String name, int uid, int gid) {
        Kernel.call(Syscall.FCHOWNAT, "chown " + name, directory, name, uid, gid,
                name.isEmpty() ? AT_EMPTY_PATH : AT_SYMLINK_NOFOLLOW);
    }

    public static void setExtendedAttribute(Path path, String name, byte[] value) {
        Kernel.call(Syscall.LSETXATTR, "setxattr " + name + " on " + path, path.toString(), name,
                NativeMemory.of(value), value.length, 0);
    }
}
