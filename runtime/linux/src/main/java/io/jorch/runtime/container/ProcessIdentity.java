package io.jorch.runtime.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.ProcessCalls;
import io.jorch.runtime.linux.SyscallException;

/// A process that can't be mistaken for a later one with the same pid.
///
/// @param startTime in clock ticks since boot, field 22 of /proc/PID/stat
public record ProcessIdentity(int pid, long startTime) {
    /// Who has the pid now.
    public static Optional<ProcessIdentity> of(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"),
                    StandardCharsets.ISO_8859_1);
            // The second field, the command in brackets, may hold spaces and brackets; the third follows the last one.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[19])));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    public boolean isAlive() {
        return of(pid).equals(Optional.of(this));
    }

    /// A pidfd of exactly this process; empty when it has gone.
    Optional<Fd> open() {
        try {
            Fd pidfd = ProcessCalls.openPid(pid);
            // Looked at after it is open: from then on the descriptor can't become another process.
            if (isAlive()) {
                return Optional.of(pidfd);
            }
            pidfd.close();
            return Optional.empty();
        } catch (SyscallException failure) {
            if (failure.errno() == Errno.ESRCH) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
