package io.jorch.manager.control.log;

import io.jorch.api.message.AgentMessage.LogLine;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.control.seam.Parts;
import io.jorch.manager.dispatch.LogRequest;
import io.jorch.raft.state.ClusterState;
import io.jorch.raft.state.Event;
import io.jorch.raft.state.EventLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One client's stream of lines. While it follows a service, tasks that come to run later join in. All but the sink and
/// the watcher is the request's thread's.
public final class LogStream {
    /// How long a line waits for earlier ones of other nodes: 100 ms, in nanoseconds.
    private static final long HOLD = 100_000_000;
    private static final int HELD = 10_000;
    /// Lines that wait for a slow client before it is cut off.
    private static final int BEHIND = 200_000;
    private static final int BUFFER = 32 << 10;

    private sealed interface News {
    }

    private record Lines(List<LogLine> lines) implements News {
    }

    private record Incomplete(String nodeId, String reason) implements News {
    }

    private record End() implements News {
    }

    private record Joined(Task task) implements News {
    }

    /// What a client asked for.
    ///
    /// @param serviceId whose tasks they are
    /// @param joiningSince tasks of the service that come to run after that Raft index are followed too; null: none
    /// @param since RFC 3339, or empty
    /// @param tail lines from each task's end; -1: all
    public record Wish(String serviceId, List<Task> tasks, @Nullable Long joiningSince, boolean follow, String since, long tail,
            boolean stdout, boolean stderr, boolean terminal, boolean timestamps, boolean details) {
        public Wish {
            tasks = List.copyOf(tasks);
        }
    }

    private final Parts parts;
    private final Wish wish;
    private final LogFormat format;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final AtomicInteger behind = new AtomicInteger();
    private final LogMerge merge = new LogMerge(HELD, HOLD);
    private final Map<String, String> nodeByTask = new HashMap<>();
    private final Set<String> incomplete = new LinkedHashSet<>();
    private final List<Runnable> subscriptions = new ArrayList<>();
    private int open;

    public LogStream(Parts parts, Wish wish) {
        this.parts = parts;
        this.wish = wish;
        this.format = new LogFormat(wish.terminal(), wish.timestamps(), wish.details());
    }

    /// Writes lines until there are no more, or the client is gone.
    public void write(OutputStream client) throws IOException, InterruptedException {
        BufferedOutputStream out = new BufferedOutputStream(client, BUFFER);
        EventLog.@Nullable Watch watch = watch(wish.joiningSince());
        try {
            subscribe(wish.tasks(), wish.tail(), wish.since());
            while (open > 0 || watch != null) {
                @Nullable News next = take(out);
                if (next != null) {
                    handle(next);
                }
                drain(out, false);
            }
            drain(out, true);
            for (String reason : incomplete) {
                format.error(out, reason);
            }
            out.flush();
        } finally {
            if (watch != null) {
                watch.close();
            }
            subscriptions.forEach(Runnable::run);
        }
    }

    private EventLog.@Nullable Watch watch(@Nullable Long sinceIndex) {
        if (sinceIndex == null) {
            return null;
        }
        EventLog.@Nullable Watch watch = parts.events().watch(sinceIndex, this::joined);
        return watch != null ? watch : parts.events().watch(null, this::joined);
    }

    private @Nullable News take(OutputStream out) throws IOException, InterruptedException {
        @Nullable News ready = news.poll();
        if (ready != null) {
            return ready;
        }
        out.flush();
        @Nullable Long wait = merge.untilNext(System.nanoTime());
        return wait == null ? news.take() : news.poll(wait, TimeUnit.NANOSECONDS);
    }

    private void handle(News next) throws IOException {
        switch (next) {
            case Lines lines -> {
                long now = System.nanoTime();
                if (behind.addAndGet(-lines.lines().size()) > BEHIND) {
                    throw new IOException("the client reads too slowly: " + behind.get() + " lines wait");
                }
                lines.lines().forEach(line -> merge.add(line, now));
            }
            case Incomplete gap -> incomplete.add("incomplete log stream: node " + gap.nodeId() + ": " + gap.reason());
            case End _ -> open--;
            case Joined joined -> {
                if (!nodeByTask.containsKey(joined.task().id())) {
                    subscribe(List.of(joined.task()), -1, "");
                }
            }
        }
    }

    private void drain(OutputStream out, boolean last) throws IOException {
        long now = System.nanoTime();
        for (@Nullable LogLine line = merge.next(now, last); line != null; line = merge.next(now, last)) {
            format.write(out, line, nodeByTask.getOrDefault(line.taskId(), ""), wish.serviceId());
        }
    }

    private void subscribe(List<Task> tasks, long tail, String since) {
        Map<String, List<String>> byNode = new HashMap<>();
        for (Task task : tasks) {
            nodeByTask.put(task.id(), task.nodeId());
            byNode.computeIfAbsent(task.nodeId(), _ -> new ArrayList<>()).add(task.id());
        }
        open++;
        subscriptions.add(parts.logs().open(
                new LogRequest(byNode, wish.follow(), since, tail, wish.stdout(), wish.stderr()), new Sink()));
    }

    /// On the apply thread.
    private void joined(List<Event> events, ClusterState after) {
        for (Event event : events) {
            if (event.after() instanceof Task task && task.serviceId().equals(wish.serviceId())
                    && !task.nodeId().isEmpty() && task.status().state().atLeast(TaskState.RUNNING)) {
                news.add(new Joined(task));
            }
        }
    }

    private final class Sink implements LogRequest.Sink {
        @Override
        public void lines(List<LogLine> lines) {
            behind.addAndGet(lines.size());
            news.add(new Lines(List.copyOf(lines)));
        }

        @Override
        public void incomplete(String nodeId, String reason) {
            news.add(new Incomplete(nodeId, reason));
        }

        @Override
        public void end() {
            news.add(new End());
        }
    }
}
