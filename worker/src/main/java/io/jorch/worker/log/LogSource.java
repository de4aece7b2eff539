package io.jorch.worker.log;

import io.jorch.api.message.AgentMessage.LogLine;
import java.util.List;

/// Where a node's tasks' logs are read. May be called by any thread.
@FunctionalInterface
public interface LogSource {
    /// @throws io.jorch.api.error.JorchException NOT_FOUND when the node has no log of the task
    Cursor open(String taskId, LogQuery query);

    /// A place in one log. Owned by one thread.
    interface Cursor extends AutoCloseable {
        /// The next lines, in order; waits for some when the log is followed.
        ///
        /// @param most how many at once
        /// @return empty: nothing will ever follow
        List<LogLine> next(int most) throws InterruptedException;

        @Override
        void close();
    }
}
