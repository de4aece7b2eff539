package io.jorch.net.space;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.MountCalls;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.linux.SyscallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Makes network namespaces, keeps them alive by binding each to a file, and works inside them. It moves the calling
/// thread, which must be the platform thread that owns the node's network, and brings it back (about 8 µs).
public final class Namespaces implements AutoCloseable {
    private static final Path OWN = Path.of("/proc/thread-self/ns/net");

    private static final int NS_GET_NSTYPE = 0xb703; // linux/nsfs.h

    private final Fd host;

    /// @param host the namespace that acts as the node's own, e.g. `/proc/self/ns/net`
    public Namespaces(Path host) {
        this.host = FdCalls.open(host, FdCalls.O_RDONLY);
    }

    public Fd host() {
        return host;
    }

    /// Makes a namespace bound to the file, runs the work in it first, and answers its descriptor. When anything fails,
    /// neither file nor namespace are left.
    public Fd create(Path file, Runnable prepare) {
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "create " + file + ": " + JorchException.describe(failure),
                    failure);
        }
        try {
            return awayFromHost(() -> {
                NamespaceCalls.unshare(NamespaceCalls.CLONE_NEWNET);
                MountCalls.mount(OWN.toString(), file, null, MountCalls.MS_BIND, null);
                prepare.run();
                return FdCalls.open(file, FdCalls.O_RDONLY);
            });
        } catch (RuntimeException failure) {
            remove(file);
            throw failure;
        }
    }

    /// Whether the file is bound to a network namespace, and not just a file that a reboot left behind.
    public static boolean alive(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try (Fd descriptor = open(file)) {
            return Kernel.tryCall(Syscall.IOCTL, descriptor, NS_GET_NSTYPE, 0) == NamespaceCalls.CLONE_NEWNET;
        }
    }

    public static Fd open(Path file) {
        return FdCalls.open(file, FdCalls.O_RDONLY);
    }

    public <T> T in(Fd namespace, Supplier<T> work) {
        return awayFromHost(() -> {
            NamespaceCalls.enter(namespace, NamespaceCalls.CLONE_NEWNET);
            return work.get();
        });
    }

    public void run(Fd namespace, Runnable work) {
        in(namespace, () -> {
            work.run();
            return true;
        });
    }

    /// Unbinds the namespace and removes the file; succeeds when there is none. The kernel takes the namespace apart in
    /// the background once no process and no descriptor holds it, which costs us nothing, where deleting a veth would
    /// take 17 ms.
    public static void remove(Path file) {
        try {
            MountCalls.unmount(file, MountCalls.MNT_DETACH | MountCalls.UMOUNT_NOFOLLOW);
        } catch (SyscallException failure) {
            if (failure.errno() != Errno.EINVAL && failure.errno() != Errno.ENOENT) { // not a mount, no such file
                throw failure;
            }
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "delete " + file + ": " + JorchException.describe(failure),
                    failure);
        }
    }

    @Override
    public void close() {
        host.close();
    }

    private <T> T awayFromHost(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            NamespaceCalls.enter(host, NamespaceCalls.CLONE_NEWNET);
        }
    }
}
