package io.jorch.worker.agent;

import io.jorch.api.error.JorchException;
import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.Frame;
import io.jorch.api.message.ManagerMessage;
import io.jorch.api.message.WorkerStream;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.TaskStatus;
import io.jorch.worker.task.TaskEvents;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a worker says to its manager, and does of what it hears. All of it belongs to one thread, which works through
/// the mailbox and calls [#endOfBatch] after each batch; it does nothing that blocks but writing the journal.
final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    /// A manager that took the connection and says nothing for so long is of no use.
    private static final long WELCOME_WITHIN = 10_000_000_000L;
    private static final long JOURNAL_RETRY = 1_000_000_000L;
    /// Bytes waiting on the stream above which log lines wait.
    private static final long MOST_QUEUED = 1 << 20;
    private static final long LOOK_AGAIN = 20_000_000L;

    private final AgentSettings settings;
    private final AgentTools tools;
    private final Mailbox mailbox;
    private final Backoff backoff;
    private final Reporter reporter = new Reporter();
    private final TaskTable tasks;
    private final NetworkApplier networks;
    private final ImageFetcher fetcher;
    private final ImageKeeper keeper;
    private final LogSubscriptions logs;
    private final Leftovers leftovers;
    private @Nullable Session session;
    private long appliedEpoch;
    private boolean stopped;

    Agent(AgentSettings settings, AgentTools tools, Mailbox mailbox) {
        this.settings = settings;
        this.tools = tools;
        this.mailbox = mailbox;
        this.backoff = new Backoff(tools.random());
        this.tasks = new TaskTable(tools.journal(), tools.runners(), new Events(), reporter, tools.clock(),
                settings.bootId());
        this.networks = new NetworkApplier(tools.networks(), tools.lastNetworks(), mailbox, tools.blocking(),
                tools.alarms(), this::networksInForce);
        this.fetcher = new ImageFetcher(tools.images(), mailbox, tools.blocking(), this::say);
        this.keeper = new ImageKeeper(tools.images(), tools.blocking(), tools.alarms(), mailbox,
                this::neededImages);
        this.logs = new LogSubscriptions(tools.logs(), mailbox, this::sendLines);
        this.leftovers = new Leftovers(tools.runtime(), tools.networks(), tools.blocking());
    }

    /// Takes up the tasks of the journal, then looks for a manager.
    void start() {
        leftovers.note(tasks.ids());
        tasks.resume();
        keeper.start();
        connect();
    }

    void endOfBatch() {
        try {
            tasks.endOfBatch();
        } catch (JorchException full) {
            LOG.error("event=journal-failed error=\"{}\"", full.getMessage());
            tools.alarms().after(JOURNAL_RETRY, () -> mailbox.post(() -> LOG.debug("event=journal-retry")));
        }
        if (session != null && session.welcome()) {
            reporter.take().ifPresent(this::say);
        }
    }

    /// A clean stop: the daemon goes, its containers stay.
    void leave() {
        stopped = true;
        keeper.stop();
        logs.cancelAll();
        Session last = session;
        if (last != null) {
            last.send(new AgentMessage.Leaving());
            last.close();
            session = null;
        }
        tasks.detach();
    }

    private void connect() {
        if (stopped) {
            return;
        }
        tools.blocking().execute(() -> {
            try {
                WorkerStream stream = tools.connector().get();
                mailbox.post(() -> connected(stream));
            } catch (RuntimeException failure) {
                mailbox.post(() -> retry(JorchException.describe(failure)));
            }
        });
    }

    private void retry(String reason) {
        long pause = backoff.pause();
        LOG.info("event=manager-away node={} retry-ms={} reason=\"{}\"", settings.nodeId(), pause / 1_000_000, reason);
        tools.alarms().after(pause, () -> mailbox.post(this::connect));
    }

    private void connected(WorkerStream stream) {
        if (stopped) {
            stream.close();
            return;
        }
        Session opened = new Session(stream);
        session = opened;
        stream.listen(new WorkerStream.Listener() {
            @Override
            public void onFrame(byte[] frame) {
                mailbox.post(() -> received(opened, frame));
            }

            @Override
            public void onClosed(String reason) {
                mailbox.post(() -> ended(opened, reason));
            }
        });
        reporter.clear(); // registering says it all
        opened.send(new AgentMessage.Register(settings.nodeId(), settings.description().get(), settings.address(),
                tasks.all(), appliedEpoch));
        opened.alarm(tools.alarms().after(WELCOME_WITHIN, () -> mailbox.post(() -> {
            if (!opened.welcome()) {
                ended(opened, "no answer to the registration");
            }
        })));
    }

    private void ended(Session over, String reason) {
        if (session != over) {
            return;
        }
        session = null;
        over.close();
        logs.cancelAll();
        retry(reason);
    }

    private void received(Session from, byte[] frame) {
        if (session != from) {
            return;
        }
        ManagerMessage message;
        try {
            message = Frame.decodeManager(frame);
        } catch (JorchException wrong) {
            ended(from, wrong.getMessage());
            return;
        }
        switch (message) {
            case ManagerMessage.Welcome welcome -> welcomed(from, welcome);
            case ManagerMessage.Refused refused -> {
                LOG.warn("event=registration-refused node={} reason=\"{}\"", settings.nodeId(), refused.reason());
                ended(from, "refused: " + refused.reason());
            }
            case ManagerMessage.Assignments assignments -> assigned(assignments);
            case ManagerMessage.Networks map -> networks.apply(map.map());
            case ManagerMessage.FetchImages wish -> fetcher.fetch(wish.images());
            case ManagerMessage.SubscribeLogs wish -> logs.subscribe(wish);
            case ManagerMessage.CancelLogs cancel -> logs.cancel(cancel.subscription());
        }
    }

    private void welcomed(Session from, ManagerMessage.Welcome welcome) {
        LOG.info("event=registered node={} cluster={}", settings.nodeId(), welcome.clusterId());
        from.welcomed();
        backoff.succeeded();
        heartbeat(from, welcome.heartbeatPeriod());
    }

    private void heartbeat(Session to, long period) {
        to.alarm(tools.alarms().after(period, () -> mailbox.post(() -> {
            if (session == to) {
                to.send(new AgentMessage.Heartbeat());
                heartbeat(to, period);
            }
        })));
    }

    private void assigned(ManagerMessage.Assignments assignments) {
        tasks.assign(assignments);
        assignments.put().forEach(assignment -> fetcher.used(assignment.image()));
        if (assignments.full()) {
            leftovers.sweep(tasks.ids());
        }
    }

    private Set<ImagePin> neededImages() {
        Set<ImagePin> needed = new HashSet<>(tasks.images());
        needed.addAll(fetcher.pinned());
        return needed;
    }

    private void networksInForce(long epoch) {
        appliedEpoch = epoch;
        say(new AgentMessage.NetworksApplied(epoch));
    }

    /// What is said while no manager listens is said again by the next registration, or asked for again.
    private void say(AgentMessage message) {
        if (session != null) {
            session.send(message);
        }
    }

    private void sendLines(AgentMessage.LogLines lines, CompletableFuture<Void> sent) {
        Session to = session;
        if (to == null) {
            return; // the subscription ended with its session: the reader is being interrupted
        }
        if (to.queuedBytes() > MOST_QUEUED) {
            tools.alarms().after(LOOK_AGAIN, () -> mailbox.post(() -> {
                if (session == to && (lines.end() || logs.wanted(lines.subscription()))) {
                    sendLines(lines, sent);
                }
            }));
            return;
        }
        to.send(lines);
        sent.complete(null);
    }

    /// What runners tell, brought to the agent's thread.
    private final class Events implements TaskEvents {
        @Override
        public void observed(String taskId, TaskStatus status) {
            mailbox.post(() -> tasks.observed(taskId, status));
        }

        @Override
        public void observedDurably(String taskId, TaskStatus status) throws InterruptedException {
            CompletableFuture<Void> safe = new CompletableFuture<>();
            mailbox.post(() -> tasks.observedDurably(taskId, status, () -> safe.complete(null)));
            try {
                safe.get();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("nobody fails it", impossible);
            }
        }

        @Override
        public void removed(String taskId) {
            mailbox.post(() -> tasks.removed(taskId));
        }
    }
}
