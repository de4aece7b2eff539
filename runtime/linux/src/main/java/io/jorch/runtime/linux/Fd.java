package io.jorch.runtime.linux;

import java.util.concurrent.atomic.AtomicBoolean;

/// An open file descriptor that closes once. Those made by [#adopt] are close-on-exec and at least [#LOWEST], so that
/// a launch can dup2 them to the low numbers without treading on one it still needs.
public final class Fd implements AutoCloseable {
    /// The lowest number that jorch keeps for itself.
    public static final int LOWEST = 64;
    private static final int F_DUPFD_CLOEXEC = 1030;

    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Fd(int number) {
        this.number = number;
    }

    /// Takes ownership of a number fresh from the kernel, moving it up if it is low.
    public static Fd adopt(long number) {
        if (number >= LOWEST) {
            return new Fd((int) number);
        }
        try {
            return new Fd((int) Kernel.call(Syscall.FCNTL, "move fd up", number, F_DUPFD_CLOEXEC, LOWEST));
        } finally {
            Kernel.tryCall(Syscall.CLOSE, number);
        }
    }

    /// The number, which must not outlive this object.
    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("fd " + number + " is closed");
        }
        return number;
    }

    /// Another descriptor of the same open file.
    public Fd duplicate() {
        return new Fd((int) Kernel.call(Syscall.FCNTL, "duplicate fd", number(), F_DUPFD_CLOEXEC, LOWEST));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Kernel.tryCall(Syscall.CLOSE, number);
        }
    }

    @Override
    public String toString() {
        return "fd " + number;
    }
}
