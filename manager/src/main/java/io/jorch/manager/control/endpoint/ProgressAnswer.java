package io.jorch.manager.control.endpoint;

import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import io.jorch.manager.control.http.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/// Work that tells of its progress, as a stream of JSON lines. Work that fails before its first line is answered with the
/// failure's status; later failures are a line of their own, as in Docker (`errorDetail`). The work runs on a thread of
/// its own, and is interrupted when the client goes away.
final class ProgressAnswer implements Answer.Writer {
    private static final int AHEAD = 64;

    private sealed interface Step {
    }

    private record Line(Object value) implements Step {
    }

    private record Failed(JorchException failure) implements Step {
    }

    private record Done() implements Step {
    }

    /// Does the work, and hands over what is to be written as JSON.
    @FunctionalInterface
    interface Work {
        void run(Consumer<Object> lines) throws InterruptedException;
    }

    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(AHEAD);
    private final Thread worker;
    private final Step first;

    private ProgressAnswer(Work work) throws InterruptedException {
        worker = Thread.ofVirtual().name("jorch-progress").start(() -> run(work));
        try {
            first = steps.take();
        } catch (InterruptedException gone) {
            worker.interrupt();
            throw gone;
        }
    }

    /// @throws JorchException what the work failed with before its first line
    static Answer of(Work work) throws InterruptedException {
        ProgressAnswer progress = new ProgressAnswer(work);
        if (progress.first instanceof Failed failed) {
            throw failed.failure();
        }
        return Answer.stream("application/json", progress);
    }

    private void run(Work work) {
        try {
            try {
                work.run(this::put);
                steps.put(new Done());
            } catch (JorchException failure) {
                steps.put(new Failed(failure));
            } catch (RuntimeException bug) {
                steps.put(new Failed(new JorchException(io.jorch.api.error.ErrorCode.INTERNAL,
                        JorchException.describe(bug), bug)));
            }
        } catch (InterruptedException gone) {
            // Nobody waits for the rest.
            Thread.currentThread().interrupt();
        }
    }

    private void put(Object line) {
        try {
            steps.put(new Line(line));
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
            throw new JorchException(io.jorch.api.error.ErrorCode.UNAVAILABLE, "the client is gone", gone);
        }
    }

    @Override
    public void write(OutputStream out) throws IOException, InterruptedException {
        for (Step step = first;; step = steps.take()) {
            switch (step) {
                case Line line -> line(out, line.value());
                case Failed failed -> {
                    String message = JorchException.describe(failed.failure());
                    line(out, Map.of("errorDetail", Map.of("message", message), "error", message));
                    return;
                }
                case Done _ -> {
                    return;
                }
            }
        }
    }

    private static void line(OutputStream out, Object value) throws IOException {
        byte[] json = Json.write(value);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 2);
        line[json.length] = '\r';
        line[json.length + 1] = '\n';
        out.write(line);
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
