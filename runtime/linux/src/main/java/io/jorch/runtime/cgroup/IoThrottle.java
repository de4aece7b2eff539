package io.jorch.runtime.cgroup;

import io.jorch.api.error.JorchException;

/// Limits on one block device; 0 is none. They hold for direct and synchronous I/O; buffered writes are throttled only
/// where the memory and the I/O controller share a v2 hierarchy.
///
/// @param readBytes       bytes per second
/// @param writeBytes      bytes per second
/// @param readOperations  requests per second
/// @param writeOperations requests per second
public record IoThrottle(int major, int minor, long readBytes, long writeBytes, long readOperations,
        long writeOperations) {
    public IoThrottle {
        if (major < 0 || minor < 0 || readBytes < 0 || writeBytes < 0 || readOperations < 0 || writeOperations < 0) {
            throw JorchException.invalid("BlkioDevice", "rates and device numbers are 0 or more");
        }
    }

    /// `254:0`, the key of every I/O file.
    String device() {
        return major + ":" + minor;
    }
}
