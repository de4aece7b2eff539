package io.jorch.runtime.launch;

import io.jorch.api.error.JorchException;

/// The host ids behind a container's: container id n is host id `hostBase + n`.
public record IdRange(int hostBase, int size) {
    public static final int SIZE = 65536;

    public IdRange {
        if (hostBase <= 0 || size <= 0 || (long) hostBase + size > Integer.MAX_VALUE) {
            throw JorchException.invalid("idRange", hostBase + "+" + size + " must lie between 1 and 2147483647");
        }
    }

    public static IdRange from(int hostBase) {
        return new IdRange(hostBase, SIZE);
    }

    /// The host id of a container's id.
    public int host(int containerId) {
        if (containerId < 0 || containerId >= size) {
            throw JorchException.invalid("user", "id " + containerId + " must lie between 0 and " + (size - 1));
        }
        return hostBase + containerId;
    }

    /// The line of uid_map and gid_map.
    String mapLine() {
        return "0 " + hostBase + " " + size + "\n";
    }
}
