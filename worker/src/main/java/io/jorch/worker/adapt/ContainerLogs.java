package io.jorch.worker.adapt;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.message.AgentMessage.LogLine;
import io.jorch.runtime.container.Containers;
import io.jorch.runtime.log.LogRecord;
import io.jorch.worker.log.LogQuery;
import io.jorch.worker.log.LogSource;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Tasks' logs, as their shims write them. May be called by any thread.
final class ContainerLogs implements LogSource {
    private static final long NANO = 1_000_000_000L;
    /// Lines read ahead of whoever sends them.
    private static final int READ_AHEAD = 1000;

    private final Containers containers;

    ContainerLogs(Containers containers) {
        this.containers = containers;
    }

    @Override
    public Cursor open(String taskId, LogQuery query) {
        if (!Files.isDirectory(containers.directories().of(taskId))) {
            throw new JorchException(ErrorCode.NOT_FOUND, "the node has no log of task " + taskId);
        }
        return new Reading(taskId, query);
    }

    private io.jorch.runtime.log.LogQuery records(LogQuery query) {
        Instant since = query.since();
        long nanos = since.getEpochSecond() <= 0 ? 0 : since.getEpochSecond() * NANO + since.getNano();
        return new io.jorch.runtime.log.LogQuery((int) Math.min(query.tail(), Integer.MAX_VALUE), nanos, 0,
                query.stdout(), query.stderr(), query.follow());
    }

    /// A thread of its own reads ahead; the log's reader pushes, a cursor pulls.
    private final class Reading implements Cursor {
        private static final LogLine END = new LogLine("", Instant.EPOCH, false, "");

        private final String taskId;
        private final BlockingQueue<LogLine> lines = new LinkedBlockingQueue<>(READ_AHEAD);
        private final LogLines joined;
        private final Thread reader;
        private volatile String problem = "";
        private boolean ended;

        Reading(String taskId, LogQuery query) {
            this.taskId = taskId;
            this.joined = new LogLines(taskId);
            this.reader = Thread.ofPlatform().name("log-" + taskId).daemon(true).start(() -> read(query));
        }

        @Override
        public List<LogLine> next(int most) throws InterruptedException {
            List<LogLine> batch = new ArrayList<>();
            if (!ended) {
                batch.add(lines.take());
                lines.drainTo(batch, most - 1);
                ended = batch.remove(END);
            }
            if (batch.isEmpty() && !problem.isEmpty()) {
                throw new JorchException(ErrorCode.INTERNAL, problem);
            }
            return batch;
        }

        @Override
        public void close() {
            reader.interrupt();
        }

        private void read(LogQuery query) {
            try {
                containers.logs(taskId).read(records(query), this::over, this::pass);
            } catch (UncheckedIOException | JorchException failure) {
                problem = JorchException.describe(failure);
            }
            put(END);
        }

        /// Nothing more is written once the shim has recorded the end.
        private boolean over() {
            return Files.exists(containers.directories().of(taskId).resolve("exit"))
                    || !Files.exists(containers.directories().socket(taskId));
        }

        private boolean pass(LogRecord entry) {
            return joined.add(entry).map(this::put).orElse(true);
        }

        private boolean put(LogLine line) {
            try {
                lines.put(line);
                return true;
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
