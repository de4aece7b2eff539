package io.jorch.worker.task;

/// The daemon goes: thrown through a runner's steps to its end, leaving everything as it is.
final class Detached extends Exception {
    private static final long serialVersionUID = 1L;

    Detached() {
        super("the daemon stops; the task stays", null, false, false);
    }
}
