package io.jorch.manager.control.event;

import io.jorch.api.docker.EventMessage;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.seam.Parts;
import io.jorch.raft.state.ClusterState;
import io.jorch.raft.state.Event;
import io.jorch.raft.state.EventLog;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One client's stream of events. The watchers put messages in its queue; the request's thread writes them.
public final class EventStream implements Answer.Writer {
    /// Messages that wait for a slow client before it is cut off.
    private static final int BEHIND = 50_000;

    private sealed interface News {
    }

    private record Told(EventMessage message) implements News {
    }

    /// Messages are missing: what follows is no use.
    private record Lost(String reason) implements News {
    }

    private final Parts parts;
    private final EventFilter filter;
    private final @Nullable Instant since;
    private final @Nullable Instant until;
    private final LinkedBlockingQueue<News> news = new LinkedBlockingQueue<>();
    private volatile boolean live;
    /// The time of the newest event told; a removal of the past, which has no time of its own, is given it.
    private volatile Instant latest = Instant.EPOCH;
    private final List<Runnable> ends = new ArrayList<>();

    /// Begins to listen, so that nothing is missed between the answer's head and its first line.
    ///
    /// @param sinceIndex cluster events after that Raft index are told first; null: by `since`
    /// @param listeners counts this stream while it is open
    /// @throws JorchException CONFLICT when events after that index have been forgotten
    public EventStream(Parts parts, LocalEvents local, EventFilter filter, @Nullable Instant since,
            @Nullable Instant until, @Nullable Long sinceIndex, AtomicInteger listeners) {
        this.parts = parts;
        this.filter = filter;
        this.since = since;
        this.until = until;
        Long from = sinceIndex != null ? sinceIndex : since == null ? null : parts.events().forgottenUpTo();
        EventLog.@Nullable Watch watch = parts.events().watch(from, this::committed);
        live = true;
        if (watch == null) {
            throw new JorchException(ErrorCode.CONFLICT, "sinceIndex: events after index " + from
                    + " have been forgotten: read the objects anew, and events from then on");
        }
        listeners.incrementAndGet();
        ends.add(listeners::decrementAndGet);
        ends.add(watch::close);
        ends.add(local.listen(since != null, message -> news.add(new Told(message))));
    }

    /// On the apply thread.
    private void committed(List<Event> events, ClusterState after) {
        if (events.isEmpty()) {
            news.add(new Lost("this node took over a snapshot"));
        }
        for (Event event : events) {
            latest = event.after() != null ? event.after().meta().updatedAt() : live ? parts.clock().instant() : latest;
            EventMapping.of(event, after, latest).forEach(message -> news.add(new Told(message)));
        }
    }

    /// Writes one JSON line for each event, until `until` or until the client is gone.
    @Override
    public void write(OutputStream out) throws IOException, InterruptedException {
        if (since != null) {
            replay(out);
        }
        while (true) {
            @Nullable News next = next();
            switch (next) {
                case null -> {
                    return;
                }
                case Lost lost -> throw new IOException("events are missing: " + lost.reason());
                case Told told -> write(out, told.message());
            }
        }
    }

    /// What is there already, of both sources, in the order of time.
    private void replay(OutputStream out) throws IOException {
        List<News> past = new ArrayList<>();
        news.drainTo(past);
        List<EventMessage> messages = new ArrayList<>();
        for (News one : past) {
            switch (one) {
                case Told told -> messages.add(told.message());
                case Lost lost -> throw new IOException("events are missing: " + lost.reason());
            }
        }
        messages.sort(Comparator.comparingLong(EventMessage::timeNano));
        for (EventMessage message : messages) {
            write(out, message);
        }
    }

    private @Nullable News next() throws IOException, InterruptedException {
        if (news.size() > BEHIND) {
            throw new IOException("the client reads too slowly: " + news.size() + " events wait");
        }
        if (until == null) {
            return news.take();
        }
        Duration left = Duration.between(parts.clock().instant(), until);
        return news.poll(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
    }

    private void write(OutputStream out, EventMessage message) throws IOException {
        Instant at = Instant.ofEpochSecond(0, message.timeNano());
        if (since != null && at.isBefore(since) || until != null && at.isAfter(until) || !filter.passes(message)) {
            return;
        }
        byte[] json = Json.write(message);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        out.write(line);
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }
}
