package io.jorch.manager.control.seam;

import io.jorch.manager.dispatch.LogRequest;

/// Where the lines that tasks wrote come from.
@FunctionalInterface
public interface LogSource {
    /// Asks the tasks' nodes for lines. The sink is told of on another thread and must not block.
    ///
    /// @return ends the stream when run
    Runnable open(LogRequest request, LogRequest.Sink sink);
}
