package io.jorch.manager.leader;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.Frame;
import io.jorch.api.message.ManagerMessage;
import io.jorch.api.message.WorkerStream;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.api.spec.Platform;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.api.spec.SwarmSpec;
import io.jorch.manager.command.Command;
import io.jorch.manager.command.CommandPort;
import io.jorch.manager.command.FirstState;
import io.jorch.manager.plan.Now;
import io.jorch.manager.project.Projections;
import io.jorch.raft.engine.Leadership;
import io.jorch.raft.engine.Role;
import io.jorch.raft.state.CommitOutcome;
import io.jorch.raft.state.Store;
import io.jorch.raft.state.StoreMachine;
import io.jorch.raft.state.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeaderLoopTest {
    private static final String NODE = "node1";
    private static final NodeDescription DESCRIPTION = new NodeDescription("host", new Platform("x86_64", "linux"),
            4_000_000_000L, 8L << 30, List.of(), "test", Map.of(), List.of());

    private MemoryEngine engine;
    private Store store;
    private LeaderLoop loop;

    /// A worker's end of a stream that only records.
    private static final class FakeWorker implements WorkerStream {
        final BlockingQueue<ManagerMessage> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Listener> listener = new CompletableFuture<>();

        @Override
        public void send(byte[] frame) {
            received.add(Frame.decodeManager(frame));
        }

        @Override
        public void listen(Listener it) {
            listener.complete(it);
        }

        @Override
        public void close() {
            received.add(new ManagerMessage.Refused("closed"));
        }

        void say(AgentMessage message) {
            listener.join().onFrame(Frame.encode(message));
        }

        <T extends ManagerMessage> T next(Class<T> type) throws InterruptedException {
            while (true) {
                ManagerMessage message = received.poll(10, TimeUnit.SECONDS);
                assertNotNull(message, "no " + type.getSimpleName() + " came");
                if (type.isInstance(message)) {
                    return type.cast(message);
                }
            }
        }
    }

    private static Now now() {
        return new Now(Instant.now(), System.nanoTime());
    }

    @BeforeEach
    void start() throws Exception {
        StoreMachine machine = new StoreMachine();
        engine = new MemoryEngine(machine);
        store = new Store(engine, machine);
        FirstState first = new FirstState("cluster",
                new SwarmSpec("default", Map.of(), null, null, null, null, null, null), List.of(), 0,
                new IdRange(1L << 30, 1L << 30), "ingress", "worker-token", "manager-token", NODE, DESCRIPTION,
                "127.0.0.1:2377");
        assertInstanceOf(CommitOutcome.Committed.class,
                store.commit(new Transaction(1, first.changes(now()))).get());
        loop = new LeaderLoop(store, new Projections(), LeaderLoopTest::now, new Ids());
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private FakeWorker connect() {
        // Refused at once until the loop has taken the leadership up.
        FakeWorker[] accepted = new FakeWorker[1];
        await().until(() -> {
            accepted[0] = new FakeWorker();
            loop.accept(accepted[0]);
            return accepted[0].received.isEmpty();
        });
        FakeWorker worker = accepted[0];
        worker.say(new AgentMessage.Register(NODE, DESCRIPTION, "127.0.0.1:2377", List.of(), 0));
        return worker;
    }

    private CommandPort.Accepted create(String name, int replicas) throws Exception {
        ServiceSpec spec = Json.read(("{\"Name\":\"" + name + "\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"a\"}},"
                + "\"Mode\":{\"Replicated\":{\"Replicas\":" + replicas + "}}}").getBytes(StandardCharsets.UTF_8),
                ServiceSpec.class);
        return loop.submit(new Command.CreateService(spec, new ImagePin("a:latest", "", List.of())), "").get(10,
                TimeUnit.SECONDS);
    }

    @Test
    void aWishIsCommittedWithItsTasksAndItsNodeIsToldAtOnce() throws Exception {
        FakeWorker worker = connect();
        worker.next(ManagerMessage.Welcome.class);
        await().until(() -> present(store.state().nodes().get(NODE)).status().ready());
        CommandPort.Accepted accepted = create("web", 3);
        Service service = present(store.state().services().get(accepted.id()));
        assertEquals("web", service.name());
        assertTrue(accepted.index() > 0);
        await().until(() -> store.state().tasksOfService(service.id()).stream()
                .filter(task -> task.nodeId().equals(NODE)).count() == 3);
        List<String> told = new java.util.ArrayList<>();
        while (told.size() < 3) {
            worker.next(ManagerMessage.Assignments.class).put().forEach(put -> told.add(put.taskId()));
        }
        assertEquals(store.state().tasksOfService(service.id()).stream().map(Task::id).toList(),
                told.stream().sorted().toList());
    }

    @Test
    void aReportedEndIsCommittedAndAFleetingStateIsNot() throws Exception {
        FakeWorker worker = connect();
        create("web", 1);
        ManagerMessage.Assignments assignments = worker.next(ManagerMessage.Assignments.class);
        while (assignments.put().isEmpty()) {
            assignments = worker.next(ManagerMessage.Assignments.class);
        }
        String task = assignments.put().getFirst().taskId();
        int before = engine.proposals;
        worker.say(report(task, TaskState.PREPARING));
        worker.say(report(task, TaskState.RUNNING));
        await().until(() -> present(store.state().tasks().get(task)).status().state() == TaskState.RUNNING);
        assertTrue(engine.proposals > before);
        worker.say(report(task, TaskState.PREPARING));
        worker.say(report(task, TaskState.FAILED));
        await().until(() -> present(store.state().tasks().get(task)).status().state() == TaskState.FAILED);
    }

    private static AgentMessage report(String task, TaskState state) {
        return new AgentMessage.Report(List.of(
                new AgentMessage.TaskReport(task, TaskStatus.of(state, Instant.now(), "test"), false)));
    }

    @Test
    void aRefusedWishChangesNothingAndNamesTheReason() throws Exception {
        create("web", 1);
        ExecutionException failed = assertThrows(ExecutionException.class, () -> create("web", 1));
        assertEquals(ErrorCode.CONFLICT, assertInstanceOf(JorchException.class, failed.getCause()).code());
        assertEquals(1, store.state().services().size());
    }

    @Test
    void aMemberThatLostItsPlaceRefusesWishesAndClosesStreams() throws Exception {
        FakeWorker worker = connect();
        worker.next(ManagerMessage.Welcome.class);
        engine.lead(new Leadership(2, "other", Role.FOLLOWER, false));
        worker.next(ManagerMessage.Refused.class);
        ExecutionException failed = assertThrows(ExecutionException.class, () -> create("web", 1));
        JorchException refused = assertInstanceOf(JorchException.class, failed.getCause());
        assertEquals(ErrorCode.UNAVAILABLE, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains("other"));
    }

    @Test
    void anUnknownNodeIsRefused() throws Exception {
        // Refused at once until the loop has taken the leadership up.
        FakeWorker[] accepted = new FakeWorker[1];
        await().until(() -> {
            accepted[0] = new FakeWorker();
            loop.accept(accepted[0]);
            return accepted[0].received.isEmpty();
        });
        FakeWorker worker = accepted[0];
        worker.say(new AgentMessage.Register("stranger", DESCRIPTION, "", List.of(), 0));
        assertTrue(worker.next(ManagerMessage.Refused.class).reason().contains("stranger"));
    }

    @Test
    void aTaskThatItsNodeCameBackWithoutIsFailed() throws Exception {
        FakeWorker worker = connect();
        create("web", 1);
        await().until(() -> store.state().tasksOnNode(NODE).size() == 1);
        String task = store.state().tasksOnNode(NODE).getFirst().id();
        worker.say(report(task, TaskState.RUNNING));
        await().until(() -> present(store.state().tasks().get(task)).status().state() == TaskState.RUNNING);
        connect();
        await().until(() -> present(store.state().tasks().get(task)).status().state() == TaskState.FAILED);
        assertEquals(NodeStatus.State.READY, present(store.state().nodes().get(NODE)).status().state());
    }

    private static <T> T present(@Nullable T value) {
        assertNotNull(value);
        return value;
    }
}
