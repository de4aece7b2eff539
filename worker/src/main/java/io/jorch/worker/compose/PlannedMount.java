package io.jorch.worker.compose;

/// A mount that a task's spec asks for.
public sealed interface PlannedMount {
    /// Where it is in the container: absolute, without `.` and `..`.
    String target();

    boolean readOnly();

    /// A volume of the node, which is made when it isn't there.
    ///
    /// @param name empty: one of the task's own, which goes with it
    /// @param copy a new volume begins with what the image has at the target
    record Volume(String name, String target, boolean readOnly, boolean copy) implements PlannedMount {
    }

    /// A path of the host.
    ///
    /// @param create the path is made, as a directory, when it isn't there
    record Bind(String source, String target, boolean readOnly, boolean recursive,
            boolean create) implements PlannedMount {
    }

    /// Memory, counted as the task's own.
    ///
    /// @param sizeBytes 0: the kernel's default
    /// @param mode permission bits
    /// @param executable whether programs may be run from it
    record Tmpfs(String target, boolean readOnly, long sizeBytes, int mode,
            boolean executable) implements PlannedMount {
    }
}
