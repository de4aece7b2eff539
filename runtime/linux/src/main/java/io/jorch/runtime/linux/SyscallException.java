package io.jorch.runtime.linux;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;

/// A system call that failed. The message reads `step: ERRNO (words)`, e.g. `mount /proc: EPERM (operation not permitted)`.
public final class SyscallException extends JorchException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int number;
    private final String step;

    /// @param call the kernel's name of the call, e.g. `openat2`
    /// @param number the errno, positive
    /// @param step what was being done, in words for the user; often the call and its object
    public SyscallException(String call, int number, String step) {
        super(codeFor(Errno.of(number)), step + ": " + words(number));
        this.call = call;
        this.number = number;
        this.step = step;
    }

    public String call() {
        return call;
    }

    public Errno errno() {
        return Errno.of(number);
    }

    public int errnoNumber() {
        return number;
    }

    public String step() {
        return step;
    }

    private static String words(int number) {
        Errno errno = Errno.of(number);
        return errno == Errno.UNKNOWN ? "errno " + number : errno + " (" + errno.text() + ")";
    }

    private static ErrorCode codeFor(Errno errno) {
        return switch (errno) {
            case ENOENT, ESRCH, ENXIO, ENODEV -> ErrorCode.NOT_FOUND;
            case EEXIST, EBUSY -> ErrorCode.CONFLICT;
            case ENOSPC, EDQUOT, ENOMEM, EMFILE, ENFILE, EAGAIN -> ErrorCode.EXHAUSTED;
            case ENOSYS, EOPNOTSUPP -> ErrorCode.UNSUPPORTED;
            default -> ErrorCode.INTERNAL;
        };
    }
}
