package io.jorch.worker.task;

import io.jorch.api.object.TaskState;
import io.jorch.worker.compose.Signals;

/// What the end of a container's program means for its task, when nobody asked it to end.
///
/// @param state COMPLETE or FAILED
/// @param error empty: it finished well
record WaitStep(TaskState state, String error) {
    /// @param memoryLimit bytes of the task's own, 0: none of its own
    static WaitStep judge(TaskExit exit, long memoryLimit) {
        if (exit.lost()) {
            return new WaitStep(TaskState.FAILED, "nobody saw how it ended: its shim was killed");
        }
        if (exit.outOfMemory() && exit.code() != 0) {
            return new WaitStep(TaskState.FAILED, "out of memory (limit " + size(memoryLimit) + "), exit code " + exit.code());
        }
        if (exit.signal() != 0) {
            return new WaitStep(TaskState.FAILED,
                    "task: killed by " + Signals.name(exit.signal()) + ", exit code " + exit.code());
        }
        if (exit.code() != 0) {
            // swarmkit's words (agent/exec/dockerapi, exitError), which tools look for.
            return new WaitStep(TaskState.FAILED, "task: non-zero exit (" + exit.code() + ")");
        }
        return new WaitStep(TaskState.COMPLETE, "");
    }

    private static String size(long bytes) {
        if (bytes == 0) {
            return "of the node";
        }
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
}
