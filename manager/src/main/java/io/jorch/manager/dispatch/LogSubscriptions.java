package io.jorch.manager.dispatch;

import io.jorch.api.message.AgentMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who waits for lines of which nodes. Owned by the dispatcher's thread.
final class LogSubscriptions {
    private final Map<String, Open> open = new HashMap<>();
    private long counter;

    private record Open(LogRequest.Sink sink, Set<String> waitingFor) {
    }

    String add(LogRequest request, LogRequest.Sink sink) {
        String id = "logs-" + ++counter;
        open.put(id, new Open(sink, new HashSet<>(request.tasksByNode().keySet())));
        return id;
    }

    void remove(String id) {
        open.remove(id);
    }

    void lines(String nodeId, AgentMessage.LogLines message) {
        Open subscription = open.get(message.subscription());
        if (subscription == null) {
            return;
        }
        if (!message.lines().isEmpty()) {
            subscription.sink.lines(message.lines());
        }
        if (!message.error().isEmpty()) {
            subscription.sink.incomplete(nodeId, message.error());
        }
        if (message.end()) {
            done(message.subscription(), nodeId);
        }
    }

    void nodeAway(String id, String nodeId, String reason) {
        Open subscription = open.get(id);
        if (subscription != null && subscription.waitingFor.contains(nodeId)) {
            subscription.sink.incomplete(nodeId, reason);
            done(id, nodeId);
        }
    }

    void nodeGone(String nodeId, String reason) {
        for (String id : Set.copyOf(open.keySet())) {
            nodeAway(id, nodeId, reason);
        }
    }

    void endIfNobodyIsAsked(String id) {
        Open subscription = open.get(id);
        if (subscription != null && subscription.waitingFor.isEmpty()) {
            open.remove(id);
            subscription.sink.end();
        }
    }

    private void done(String id, String nodeId) {
        Open subscription = open.get(id);
        if (subscription != null) {
            subscription.waitingFor.remove(nodeId);
            endIfNobodyIsAsked(id);
        }
    }
}
