package io.jorch.runtime.launch;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Errno;

/// A container that could not be started. Nothing of it is left but the directories and cgroups that its plan named.
public final class LaunchException extends JorchException {
    private static final long serialVersionUID = 1L;

    private final String step;
    private final Errno errno;

    LaunchException(String step, int errno) {
        super(code(step, Errno.of(errno)), message(step, Errno.of(errno), errno));
        this.step = step;
        this.errno = Errno.of(errno);
    }

    /// What failed, e.g. `pivot_root`, `mount /proc`, `exec /bin/foo`.
    public String step() {
        return step;
    }

    public Errno errno() {
        return errno;
    }

    private static String message(String step, Errno errno, int number) {
        if (step.startsWith("exec ")) {
            switch (errno) {
                case ENOENT -> {
                    return step + ": no such file in the image (or its interpreter is missing)";
                }
                case EACCES -> {
                    return step + ": may not be executed: check its permissions and the user";
                }
                case ENOEXEC -> {
                    return step + ": not a program for this machine: check the image's platform or the #! line";
                }
                default -> {
                }
            }
        }
        if (errno == Errno.ELOOP) {
            return step + ": ELOOP (the image has a symbolic link in this path)";
        }
        return step + ": " + (errno == Errno.UNKNOWN ? "errno " + number : errno + " (" + errno.text() + ")");
    }

    private static ErrorCode code(String step, Errno errno) {
        if (step.startsWith("exec ") || step.startsWith("enter working directory")) {
            return ErrorCode.INVALID;
        }
        return switch (errno) {
            case ENOSPC, EDQUOT, ENOMEM, EAGAIN, EMFILE, ENFILE -> ErrorCode.EXHAUSTED;
            case ENOSYS, EOPNOTSUPP -> ErrorCode.UNSUPPORTED;
            default -> ErrorCode.INTERNAL;
        };
    }
}
