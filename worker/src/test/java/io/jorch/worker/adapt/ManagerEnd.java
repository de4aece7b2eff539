package io.jorch.worker.adapt;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.AgentMessage.LogLine;
import io.jorch.api.message.Frame;
import io.jorch.api.message.ManagerMessage;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.message.WorkerStream;
import io.jorch.api.object.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A manager in a test's hand, at the other end of a worker's stream.
final class ManagerEnd implements WorkerStream {
    final BlockingQueue<AgentMessage> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Listener> listener = new CompletableFuture<>();

    @Override
    public void send(byte[] frame) {
        heard.add(Frame.decodeAgent(frame));
    }

    @Override
    public void listen(Listener newListener) {
        listener.complete(newListener);
    }

    @Override
    public void close() {
        heard.add(new AgentMessage.Leaving());
    }

    void tell(ManagerMessage message) {
        listener.join().onFrame(Frame.encode(message));
    }

    /// Takes the worker's registration.
    AgentMessage.Register welcome() throws InterruptedException {
        AgentMessage first = heard.poll(20, TimeUnit.SECONDS);
        assertTrue(first instanceof AgentMessage.Register, "first heard " + first);
        tell(new ManagerMessage.Welcome("cluster", 3_600_000_000_000L));
        return (AgentMessage.Register) first;
    }

    void assign(boolean full, TaskAssignment... tasks) {
        tell(new ManagerMessage.Assignments(1, full, List.of(tasks), List.of()));
    }

    void remove(String... taskIds) {
        tell(new ManagerMessage.Assignments(1, false, List.of(), List.of(taskIds)));
    }

    /// The first report of a task with this state, or of its removal.
    AgentMessage.TaskReport await(String taskId, TaskState state, boolean removed) throws InterruptedException {
        List<AgentMessage.TaskReport> seen = new ArrayList<>();
        while (true) {
            AgentMessage message = heard.poll(30, TimeUnit.SECONDS);
            assertNotNull(message, "waiting for " + taskId + " " + state + ", heard " + seen);
            if (message instanceof AgentMessage.Report report) {
                for (AgentMessage.TaskReport task : report.tasks()) {
                    seen.add(task);
                    if (task.taskId().equals(taskId) && task.status().state() == state && task.removed() == removed) {
                        return task;
                    }
                    assertTrue(!task.taskId().equals(taskId) || task.status().state().compareTo(state) <= 0,
                            "waiting for " + state + ": " + task);
                }
            }
        }
    }

    AgentMessage.TaskReport await(String taskId, TaskState state) throws InterruptedException {
        return await(taskId, state, false);
    }

    /// A task's lines, all there are now.
    List<LogLine> lines(String taskId) throws InterruptedException {
        tell(new ManagerMessage.SubscribeLogs("lines", List.of(taskId), false, "", -1, true, true));
        List<LogLine> lines = new ArrayList<>();
        while (true) {
            AgentMessage message = heard.poll(20, TimeUnit.SECONDS);
            assertNotNull(message, "no end of lines, so far " + lines);
            if (message instanceof AgentMessage.LogLines part) {
                lines.addAll(part.lines());
                if (part.end()) {
                    assertTrue(part.error().isEmpty(), part.error());
                    return lines;
                }
            }
        }
    }
}
