package io.jorch.manager.dispatch;

import io.jorch.api.error.JorchException;
import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.Frame;
import io.jorch.api.message.ManagerMessage;
import io.jorch.api.message.WorkerStream;
import io.jorch.api.object.ImagePin;
import io.jorch.raft.state.ClusterState;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the workers' streams while this manager leads. Every piece of its state belongs to one thread, which works
/// through a mailbox; all methods may be called from anywhere and return at once. There is no timer: a batch is what
/// gathered while the thread was busy.
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Map<String, Session> byNode = new LinkedHashMap<>();
    private final LogSubscriptions logs = new LogSubscriptions();
    private final Projection projection;
    private final Consumer<SessionEvent> leader;
    private final String clusterId;
    private final long heartbeatPeriod;
    private final Thread thread;
    private ClusterState state;
    private volatile boolean stopped;

    /// @param leader is told of sessions, on this dispatcher's thread: must not block
    /// @param heartbeatPeriod nanoseconds
    public Dispatcher(Projection projection, Consumer<SessionEvent> leader, String clusterId, long heartbeatPeriod,
            ClusterState state) {
        this.projection = projection;
        this.leader = leader;
        this.clusterId = clusterId;
        this.heartbeatPeriod = heartbeatPeriod;
        this.state = state;
        this.thread = Thread.ofPlatform().name("jorch-dispatcher").daemon(true).start(this::run);
    }

    /// A worker connected.
    public void accept(WorkerStream stream) {
        mailbox.add(() -> {
            Session session = new Session(stream);
            sessions.add(session);
            stream.listen(new WorkerStream.Listener() {
                @Override
                public void onFrame(byte[] frame) {
                    mailbox.add(() -> received(session, frame));
                }

                @Override
                public void onClosed(String reason) {
                    mailbox.add(() -> ended(session, reason));
                }
            });
        });
    }

    /// A newer state was committed. Of several that wait only the newest is worked on.
    public void committed(ClusterState newer) {
        mailbox.add(() -> {
            if (newer.index() > state.index()) {
                state = newer;
            }
        });
    }

    /// Asks a node to have images before a rollout stops anything.
    public void fetchImages(String nodeId, List<ImagePin> images) {
        mailbox.add(() -> {
            Session session = byNode.get(nodeId);
            if (session != null) {
                session.send(new ManagerMessage.FetchImages(images));
            }
        });
    }

    /// @return ends the subscription when run
    public Runnable logs(LogRequest request, LogRequest.Sink sink) {
        String[] id = new String[1];
        mailbox.add(() -> {
            id[0] = logs.add(request, sink);
            logs.endIfNobodyIsAsked(id[0]);
            request.tasksByNode().forEach((nodeId, tasks) -> {
                Session session = byNode.get(nodeId);
                if (session == null) {
                    logs.nodeAway(id[0], nodeId, "node is not connected");
                } else {
                    session.send(new ManagerMessage.SubscribeLogs(id[0], tasks, request.follow(), request.since(),
                            request.tail(), request.stdout(), request.stderr()));
                }
            });
        });
        return () -> mailbox.add(() -> {
            logs.remove(id[0]);
            byNode.values().forEach(session -> session.send(new ManagerMessage.CancelLogs(id[0])));
        });
    }

    /// Ends every session: workers look for the new leader.
    @Override
    public void close() {
        stopped = true;
        mailbox.add(() -> sessions.forEach(Session::close));
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long told = -1;
            while (!stopped || !mailbox.isEmpty()) {
                mailbox.take().run();
                for (Runnable more = mailbox.poll(); more != null; more = mailbox.poll()) {
                    more.run();
                }
                if (state.index() != told) {
                    told = state.index();
                    byNode.values().forEach(this::tell);
                }
            }
        } catch (InterruptedException interrupted) {
            LOG.warn("event=dispatcher-interrupted");
        }
    }

    private void tell(Session session) {
        String nodeId = session.nodeId();
        if (nodeId != null) {
            leader.accept(new SessionEvent.NetworksApplied(nodeId, session.tell(state, projection)));
        }
    }

    private void received(Session session, byte[] frame) {
        if (!sessions.contains(session)) {
            return;
        }
        try {
            handle(session, Frame.decodeAgent(frame));
        } catch (JorchException wrong) {
            LOG.warn("event=session-refused node={} error=\"{}\"", session.nodeId(), wrong.getMessage());
            session.send(new ManagerMessage.Refused(wrong.getMessage()));
            session.close();
        }
    }

    private void handle(Session session, AgentMessage message) {
        if (message instanceof AgentMessage.Register register) {
            register(session, register);
            return;
        }
        String nodeId = session.nodeId();
        if (nodeId == null) {
            throw JorchException.invalid("Type", "a session begins with register");
        }
        switch (message) {
            case AgentMessage.Register _ -> throw new IllegalStateException("handled above");
            case AgentMessage.Heartbeat _ -> leader.accept(new SessionEvent.Heard(nodeId));
            case AgentMessage.Report report -> leader.accept(new SessionEvent.Reported(nodeId, report.tasks()));
            case AgentMessage.NetworksApplied applied ->
                leader.accept(new SessionEvent.NetworksApplied(nodeId, session.applied(applied.epoch())));
            case AgentMessage.ImageFetched fetched ->
                leader.accept(new SessionEvent.ImageFetched(nodeId, fetched.image(), fetched.error()));
            case AgentMessage.LogLines lines -> logs.lines(nodeId, lines);
            case AgentMessage.Leaving _ -> session.leave();
        }
    }

    private void register(Session session, AgentMessage.Register register) {
        if (state.nodes().get(register.nodeId()) == null) {
            throw JorchException.notFound("node", register.nodeId());
        }
        Session older = byNode.put(register.nodeId(), session);
        if (older != null && older != session) {
            sessions.remove(older);
            older.close();
        }
        session.registered(register.nodeId(), register.appliedEpoch());
        session.send(new ManagerMessage.Welcome(clusterId, heartbeatPeriod));
        leader.accept(new SessionEvent.Registered(register.nodeId(), register.description(), register.address(),
                register.tasks(), register.appliedEpoch()));
        tell(session);
    }

    private void ended(Session session, String reason) {
        if (!sessions.remove(session)) {
            return;
        }
        String nodeId = session.nodeId();
        if (nodeId != null && byNode.get(nodeId) == session) {
            byNode.remove(nodeId);
            logs.nodeGone(nodeId, "node left: " + reason);
            leader.accept(new SessionEvent.Gone(nodeId, session.leaving(), reason));
        }
    }
}
