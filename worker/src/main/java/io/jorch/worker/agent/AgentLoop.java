package io.jorch.worker.agent;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agent's thread and its mailbox.
public final class AgentLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);

    private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Agent agent;
    private final Thread thread;
    private volatile boolean stopped;

    private AgentLoop(AgentSettings settings, AgentTools tools) {
        this.agent = new Agent(settings, tools, mailbox::add);
        this.thread = Thread.ofPlatform().name("jorch-agent").daemon(true).unstarted(this::run);
    }

    /// Takes up what the journal knows, and looks for a manager until one is found.
    public static AgentLoop start(AgentSettings settings, AgentTools tools) {
        AgentLoop loop = new AgentLoop(settings, tools);
        loop.mailbox.add(loop.agent::start);
        loop.thread.start();
        return loop;
    }

    /// Says that the node leaves, and ends. Containers stay.
    @Override
    public void close() {
        mailbox.add(() -> {
            stopped = true;
            agent.leave();
        });
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                handle(mailbox.take());
                for (Runnable more = mailbox.poll(); more != null && !stopped; more = mailbox.poll()) {
                    handle(more);
                }
                if (!stopped) {
                    agent.endOfBatch();
                }
            } catch (InterruptedException nobodyInterrupts) {
                LOG.error("event=agent-interrupted", nobodyInterrupts);
                return;
            }
        }
    }

    /// A message that fails is a bug, and must not end what the node's tasks depend on.
    private static void handle(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException bug) {
            LOG.error("event=agent-message-failed", bug);
        }
    }
}
