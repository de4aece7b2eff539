package io.jorch.manager.control.fake;

import io.jorch.api.message.AgentMessage.LogLine;
import io.jorch.manager.control.seam.LogSource;
import io.jorch.manager.dispatch.LogRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Lines that a test put there. A stream that follows stays open, and the test writes to its sink.
public final class FakeLogs implements LogSource {
    public final List<LogLine> lines = new CopyOnWriteArrayList<>();
    public final List<LogRequest> requests = new CopyOnWriteArrayList<>();
    public final List<LogRequest.Sink> open = new CopyOnWriteArrayList<>();
    /// A reason why node lines are missing; empty: they aren't.
    public volatile String incomplete = "";

    @Override
    public Runnable open(LogRequest request, LogRequest.Sink sink) {
        requests.add(request);
        List<LogLine> wanted = new ArrayList<>(lines);
        wanted.removeIf(line -> request.tasksByNode().values().stream().noneMatch(ids -> ids.contains(line.taskId()))
                || (line.stderr() ? !request.stderr() : !request.stdout()));
        sink.lines(wanted);
        if (!incomplete.isEmpty()) {
            sink.incomplete(FakeCluster.NODE, incomplete);
        }
        if (!request.follow()) {
            sink.end();
            return () -> {
            };
        }
        open.add(sink);
        return () -> open.remove(sink);
    }
}
