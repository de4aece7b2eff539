package io.jorch.api.object;

/// A range of the host's user and group ids. A task's id 0 is the host's `first`.
///
/// @param first the first host id
/// @param size how many; a service's range has [#SERVICE_SIZE]
public record IdRange(long first, long size) {
    /// 65,536: the whole of a container's ids, 0–65535.
    public static final long SERVICE_SIZE = 65_536;

    public boolean overlaps(IdRange other) {
        return first < other.first + other.size && other.first < first + size;
    }
}
