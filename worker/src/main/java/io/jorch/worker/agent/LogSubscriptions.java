package io.jorch.worker.agent;

import io.jorch.api.error.JorchException;
import io.jorch.api.json.InstantCodec;
import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.AgentMessage.LogLine;
import io.jorch.api.message.ManagerMessage;
import io.jorch.worker.log.LogQuery;
import io.jorch.worker.log.LogSource;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Who waits for lines. A thread per subscribed task reads, and reads on only once the agent has sent what it read: so
/// a slow stream slows reading down, and nothing piles up. Owned by the agent's thread.
final class LogSubscriptions {
    /// Lines in one message.
    private static final int BATCH = 500;

    /// Sends lines when there is room for them.
    interface Sender {
        /// @param sent is completed once the next may follow
        void send(AgentMessage.LogLines lines, CompletableFuture<Void> sent);
    }

    private record Open(Map<String, Thread> readers) {
    }

    private final LogSource source;
    private final Mailbox mailbox;
    private final Sender sender;
    private final Map<String, Open> open = new HashMap<>();

    LogSubscriptions(LogSource source, Mailbox mailbox, Sender sender) {
        this.source = source;
        this.mailbox = mailbox;
        this.sender = sender;
    }

    void subscribe(ManagerMessage.SubscribeLogs wish) {
        LogQuery query;
        try {
            query = new LogQuery(wish.follow(), since(wish.since()), wish.tail(), wish.stdout(), wish.stderr());
        } catch (DateTimeParseException wrong) {
            end(wish.subscription(), "since '" + wish.since() + "' is no RFC 3339 time");
            return;
        }
        cancel(wish.subscription());
        if (wish.taskIds().isEmpty()) {
            end(wish.subscription(), "");
            return;
        }
        Open subscription = new Open(new HashMap<>());
        open.put(wish.subscription(), subscription);
        for (String taskId : wish.taskIds()) {
            subscription.readers.put(taskId, Thread.ofVirtual().name("log-" + taskId)
                    .start(() -> read(wish.subscription(), subscription, taskId, query)));
        }
    }

    void cancel(String subscription) {
        Open ended = open.remove(subscription);
        if (ended != null) {
            ended.readers.values().forEach(Thread::interrupt);
        }
    }

    /// The session is over: so are its subscriptions.
    void cancelAll() {
        List.copyOf(open.keySet()).forEach(this::cancel);
    }

    private void read(String id, Open subscription, String taskId, LogQuery query) {
        String error = "";
        try (LogSource.Cursor cursor = source.open(taskId, query)) {
            for (List<LogLine> lines = cursor.next(BATCH); !lines.isEmpty(); lines = cursor.next(BATCH)) {
                CompletableFuture<Void> sent = new CompletableFuture<>();
                AgentMessage.LogLines message = new AgentMessage.LogLines(id, lines, false, "");
                mailbox.post(() -> sendIfOpen(subscription, message, sent));
                sent.get();
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException | ExecutionException failure) {
            error = "task " + taskId + ": " + JorchException.describe(failure);
        }
        String problem = error;
        mailbox.post(() -> done(id, subscription, taskId, problem));
    }

    /// Whether anyone still waits for a message's lines.
    boolean wanted(String subscription) {
        return open.containsKey(subscription);
    }

    private void sendIfOpen(Open subscription, AgentMessage.LogLines message, CompletableFuture<Void> sent) {
        if (open.get(message.subscription()) == subscription) {
            sender.send(message, sent);
        }
    }

    private void done(String id, Open subscription, String taskId, String error) {
        if (open.get(id) != subscription) {
            return;
        }
        subscription.readers.remove(taskId);
        if (subscription.readers.isEmpty()) {
            open.remove(id);
            end(id, error);
        } else if (!error.isEmpty()) {
            sender.send(new AgentMessage.LogLines(id, List.of(), false, error), new CompletableFuture<>());
        }
    }

    private void end(String id, String error) {
        sender.send(new AgentMessage.LogLines(id, List.of(), true, error), new CompletableFuture<>());
    }

    private static Instant since(String text) {
        return text.isEmpty() ? InstantCodec.ZERO : OffsetDateTime.parse(text).toInstant();
    }
}
