package io.jorch.manager.dispatch;

import io.jorch.api.message.AgentMessage.LogLine;
import java.util.List;
import java.util.Map;

/// A wish for the logs of some tasks.
///
/// @param tasksByNode node id → task ids
/// @param since RFC 3339, or empty
/// @param tail lines from each task's end, -1: all
public record LogRequest(Map<String, List<String>> tasksByNode, boolean follow, String since, long tail,
        boolean stdout, boolean stderr) {

    /// Hears lines on the dispatcher's thread: must not block.
    public interface Sink {
        void lines(List<LogLine> lines);

        /// A node's lines are not whole: it is away, or said why.
        void incomplete(String nodeId, String reason);

        /// No further line will come.
        void end();
    }
}
