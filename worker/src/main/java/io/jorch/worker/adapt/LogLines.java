package io.jorch.worker.adapt;

import io.jorch.api.message.AgentMessage.LogLine;
import io.jorch.runtime.log.LogRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Puts lines that the shim had to cut together again, each stream for itself. Owned by one thread.
final class LogLines {
    private static final long NANO = 1_000_000_000L;
    /// A line that never ends is passed on in pieces of this size.
    private static final int LONGEST = 1 << 20;

    private final String taskId;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    LogLines(String taskId) {
        this.taskId = taskId;
    }

    /// @return the line, once its last part is there; it has the time of that
    Optional<LogLine> add(LogRecord entry) {
        boolean error = entry.stream() == LogRecord.STDERR;
        ByteArrayOutputStream line = error ? stderr : stdout;
        line.writeBytes(entry.bytes());
        if (entry.partial() && line.size() < LONGEST) {
            return Optional.empty();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return Optional.of(new LogLine(taskId,
                Instant.ofEpochSecond(entry.timeNanos() / NANO, entry.timeNanos() % NANO), error, text));
    }
}
