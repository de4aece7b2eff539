package io.jorch.runtime.launch;

/// The fixed numbers of a launch: what the daemon passes to the interpreter, and what that passes to the shim
/// (shim.h). All else that a script opens gets higher numbers, since these are taken from the first operation on.
final class Descriptors {
    /// The script itself for the interpreter, later the shim's end of the pipe that lets the child go on.
    static final int SCRIPT = 3;
    static final int GO = 3;
    static final int REPORT = 4;
    static final int OUT = 5;
    static final int ERR = 6;
    static final int TASK_DIRECTORY = 7;
    static final int SHIMS_DIRECTORY = 8;
    static final int SHIM_PROGRAM = 9;
    /// Of a further process: the pidfd of the container's first.
    static final int TARGET = 9;
    /// The user namespace for idmapped mounts.
    static final int USER_NAMESPACE = 10;
    static final int FIRST_FREE = 11;

    private Descriptors() {
    }
}
