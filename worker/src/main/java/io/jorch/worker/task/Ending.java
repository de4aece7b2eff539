package io.jorch.worker.task;

import io.jorch.api.object.TaskState;
import org.jspecify.annotations.Nullable;

/// How a task ended.
///
/// @param exitCode null: nothing of it ran
record Ending(TaskState state, String message, String error, @Nullable Integer exitCode) {
    static Ending failed(String error) {
        return new Ending(TaskState.FAILED, "failed", error, null);
    }

    static Ending stopped(String message, @Nullable Integer exitCode) {
        return new Ending(TaskState.SHUTDOWN, message, "", exitCode);
    }

    /// It ended by itself.
    static Ending of(TaskExit exit, long memoryLimit) {
        WaitStep judged = WaitStep.judge(exit, memoryLimit);
        return new Ending(judged.state(), judged.state() == TaskState.COMPLETE ? "finished" : "failed", judged.error(),
                exit.code());
    }
}
