package io.jorch.runtime.container;

import java.time.Instant;

/// How a container ended.
///
/// @param code of exit(2), 0 when a signal ended it
/// @param signal that ended it, 0 when it exited
/// @param oom whether the kernel killed any of its processes for lack of memory
/// @param leaseExpired whether its shim killed it because the lease was not renewed
/// @param lost nobody saw it end: its shim was killed, or the machine went down
public record ExitStatus(int code, int signal, boolean oom, boolean leaseExpired, boolean lost, Instant finishedAt) {
    static ExitStatus lost(Instant now) {
        return new ExitStatus(0, 9, false, false, true, now);
    }

    /// As a shell shows it: the code, or 128 + the signal.
    public int shellCode() {
        return signal == 0 ? code : 128 + signal;
    }
}
