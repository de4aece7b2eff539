package io.jorch.manager.leader;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.message.WorkerStream;
import io.jorch.api.object.Cluster;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.command.Command;
import io.jorch.manager.command.CommandPort;
import io.jorch.manager.dispatch.Dispatcher;
import io.jorch.manager.dispatch.LogRequest;
import io.jorch.manager.dispatch.Projection;
import io.jorch.manager.dispatch.SessionEvent;
import io.jorch.manager.plan.IdSource;
import io.jorch.manager.plan.Now;
import io.jorch.raft.engine.Leadership;
import io.jorch.raft.engine.Subscription;
import io.jorch.raft.state.EventLog;
import io.jorch.raft.state.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only proposer of a manager. One thread takes what came in, plans over the committed state, commits, and plans
/// again until nothing is left to do; what comes in meanwhile waits in its mailbox and shares the next commit. While
/// this member doesn't lead, wishes are refused and streams closed.
public final class LeaderLoop implements CommandPort, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderLoop.class);

    private final Store store;
    private final Projection projection;
    private final Supplier<Now> clock;
    private final IdSource ids;
    private final BlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
    private final Subscription leadershipSubscription;
    private final EventLog.@Nullable Watch watch;
    private final Thread thread;
    private volatile @Nullable Dispatcher dispatcher;
    private volatile Map<String, TaskStatus> fleeting = Map.of();
    private volatile boolean stopped;
    private @Nullable Reign reign;

    /// What comes in.
    private sealed interface Message {
    }

    private record Led(Leadership leadership) implements Message {
    }

    /// Also kept by [Reign], which answers `answer`.
    record Wish(Command command, String key, CompletableFuture<Accepted> answer) implements Message {
    }

    private record News(long term, SessionEvent event) implements Message {
    }

    private record Stop() implements Message {
    }

    public LeaderLoop(Store store, Projection projection, Supplier<Now> clock, IdSource ids) {
        this.store = store;
        this.projection = projection;
        this.clock = clock;
        this.ids = ids;
        this.thread = Thread.ofPlatform().name("jorch-leader").daemon(true).unstarted(this::run);
        this.watch = store.watch(null, (events, after) -> {
            Dispatcher current = dispatcher;
            if (current != null) {
                current.committed(after);
            }
        });
        this.thread.start();
        this.leadershipSubscription = store.onLeadership(leadership -> mailbox.add(new Led(leadership)));
    }

    @Override
    public CompletableFuture<Accepted> submit(Command command, String key) {
        CompletableFuture<Accepted> answer = new CompletableFuture<>();
        mailbox.add(new Wish(command, key, answer));
        return answer;
    }

    /// A worker connected; its stream is closed at once when this member doesn't lead.
    public void accept(WorkerStream stream) {
        Dispatcher current = dispatcher;
        if (current == null) {
            stream.close();
        } else {
            current.accept(stream);
        }
    }

    /// @return ends the subscription when run
    /// @throws JorchException UNAVAILABLE while this member doesn't lead
    public Runnable logs(LogRequest request, LogRequest.Sink sink) {
        Dispatcher current = dispatcher;
        if (current == null) {
            throw notLeader(store.leadership());
        }
        return current.logs(request, sink);
    }

    /// Task id → newest status that is not committed, as of the last turn; empty while this member doesn't lead.
    public Map<String, TaskStatus> fleeting() {
        return fleeting;
    }

    @Override
    public void close() {
        leadershipSubscription.close();
        if (watch != null) {
            watch.close();
        }
        stopped = true;
        mailbox.add(new Stop());
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                List<Message> messages = take();
                List<Wish> wishes = new ArrayList<>();
                for (Message message : messages) {
                    receive(message, wishes);
                }
                Reign current = reign;
                if (current != null) {
                    current.work(wishes);
                    fleeting = current.fleeting();
                } else {
                    wishes.forEach(wish -> wish.answer().completeExceptionally(notLeader(store.leadership())));
                }
            }
        } catch (InterruptedException interrupted) {
            LOG.warn("event=leader-loop-interrupted");
        } finally {
            endReign();
        }
    }

    private List<Message> take() throws InterruptedException {
        Reign current = reign;
        long wait = current == null ? Long.MAX_VALUE : current.idleFor();
        List<Message> messages = new ArrayList<>();
        Message first = wait <= 0 ? mailbox.poll() : mailbox.poll(wait, TimeUnit.NANOSECONDS);
        if (first != null) {
            messages.add(first);
        }
        mailbox.drainTo(messages);
        return messages;
    }

    private void receive(Message message, List<Wish> wishes) {
        switch (message) {
            case Led led -> led(led.leadership());
            case Wish wish -> wishes.add(wish);
            case News news -> {
                if (reign != null && reign.term() == news.term()) {
                    reign.hear(news.event());
                }
            }
            case Stop _ -> stopped = true;
        }
    }

    private void led(Leadership leadership) {
        Reign current = reign;
        if (current != null && !(leadership.leads() && leadership.term() == current.term())) {
            LOG.info("event=leadership-lost term={}", current.term());
            endReign();
        }
        if (leadership.leads() && reign == null) {
            LOG.info("event=leading term={} index={}", leadership.term(), store.state().index());
            Cluster cluster = store.state().cluster();
            long term = leadership.term();
            Dispatcher started = new Dispatcher(projection, event -> mailbox.add(new News(term, event)),
                    cluster == null ? "" : cluster.id(), Reign.heartbeatPeriod(cluster), store.state());
            reign = new Reign(term, store, started, clock, ids);
            dispatcher = started;
            // What was committed between reading the state and publishing the dispatcher.
            started.committed(store.state());
        }
    }

    private void endReign() {
        Dispatcher ending = dispatcher;
        dispatcher = null;
        reign = null;
        fleeting = Map.of();
        if (ending != null) {
            ending.close();
        }
    }

    static JorchException notLeader(Leadership leadership) {
        return new JorchException(ErrorCode.UNAVAILABLE, leadership.leader() == null
                ? "the cluster has no leader now: most managers must be up and reach each other"
                : "this manager does not lead: manager " + leadership.leader() + " does");
    }
}
