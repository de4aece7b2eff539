package io.jorch.worker.task;

import java.time.Instant;

/// How a container's first process ended.
///
/// @param code its exit code; 128 + signal when a signal ended it
/// @param signal that ended it, or 0
/// @param outOfMemory the kernel killed something of it for want of memory
/// @param lost nobody saw how: its shim was killed, or the machine went down
public record TaskExit(int code, int signal, boolean outOfMemory, boolean lost, Instant at) {
}
