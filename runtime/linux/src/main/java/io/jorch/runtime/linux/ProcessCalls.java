package io.jorch.runtime.linux;

import java.time.Duration;

/// Calls on processes. A pidfd can't be confused by a pid that was used again.
public final class ProcessCalls {
    public static final int SIGKILL = 9;
    private static final int P_PIDFD = 3;
    private static final int WEXITED = 4;

    private ProcessCalls() {
    }

    public static Fd openPid(int pid) {
        return Fd.adopt(Kernel.call(Syscall.PIDFD_OPEN, "pidfd_open " + pid, pid, 0));
    }

    /// Sends the signal.
    ///
    /// @return false when the process has already gone
    public static boolean signal(Fd pidfd, int signal) {
        long result = Kernel.tryCall(Syscall.PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
        if (result < 0 && result != -Errno.ESRCH.number()) {
            throw new SyscallException("pidfd_send_signal", (int) -result, "send signal " + signal);
        }
        return result == 0;
    }

    /// Waits until the process has ended.
    ///
    /// @return false when the time has passed first
    public static boolean awaitEnd(Fd pidfd, Duration timeout) {
        return FdCalls.awaitReadable(pidfd, timeout);
    }

    /// Reaps a child of this JVM that has ended or is about to.
    ///
    /// @return its wait status: the exit code, or 128 + the signal that ended it
    public static int reap(Fd pidfd) {
        NativeMemory info = NativeMemory.allocate(128);
        Kernel.call(Syscall.WAITID, "reap child", P_PIDFD, pidfd, info, WEXITED, 0);
        // siginfo_t: si_code at 8 (CLD_EXITED = 1), si_status at 24.
        int status = info.getInt(24);
        return info.getInt(8) == 1 ? status : 128 + status;
    }
}
