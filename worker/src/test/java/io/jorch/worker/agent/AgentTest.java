package io.jorch.worker.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.AgentMessage.LogLine;
import io.jorch.api.message.ManagerMessage;
import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.message.WorkerStream;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.worker.Samples;
import io.jorch.worker.journal.Journal;
import io.jorch.worker.journal.LastNetworks;
import io.jorch.worker.log.LogQuery;
import io.jorch.worker.log.LogSource;
import io.jorch.worker.task.FakeMachine;
import io.jorch.worker.task.TaskEvents;
import io.jorch.worker.task.TaskHandle;
import io.jorch.worker.time.FakeAlarms;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Scripts: what a manager and the runners say, and what the agent says and does. The test's thread is the agent's.
@Timeout(30)
class AgentTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder;
    private final FakeAlarms alarms = new FakeAlarms();
    private final FakeMachine machine = new FakeMachine();
    private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final List<FakeStream> streams = new ArrayList<>();
    private final Map<String, List<String>> runners = new HashMap<>();
    private final Map<String, TaskEvents> events = new HashMap<>();
    private final List<LogLine> log = new ArrayList<>();
    private Supplier<WorkerStream> connector = () -> {
        FakeStream stream = new FakeStream();
        streams.add(stream);
        return stream;
    };
    private Agent agent;
    private Journal journal;

    @BeforeEach
    void setUp() {
        start();
    }

    private void start() {
        journal = Journal.open(folder);
        AgentTools tools = new AgentTools(() -> connector.get(), journal, new LastNetworks(folder), (entry, told) -> {
            List<String> heard = new ArrayList<>(List.of("start " + entry.desired()));
            runners.put(entry.taskId(), heard);
            events.put(entry.taskId(), told);
            return new TaskHandle() {
                @Override
                public void desire(TaskAssignment newest, TaskState desired) {
                    heard.add("desire " + desired);
                }

                @Override
                public void detach() {
                    heard.add("detach");
                }
            };
        }, machine, machine, machine, (taskId, query) -> cursor(query), alarms, () -> NOW, new Random(1), Runnable::run);
        agent = new Agent(new AgentSettings("node1", "192.0.2.1", () -> Samples.NODE, "boot"), tools, mailbox::add);
        agent.start();
        work();
    }

    private LogSource.Cursor cursor(LogQuery query) {
        assertTrue(query.stdout());
        List<LogLine> left = new ArrayList<>(log);
        return new LogSource.Cursor() {
            @Override
            public List<LogLine> next(int most) {
                List<LogLine> part = List.copyOf(left.subList(0, Math.min(2, left.size())));
                left.subList(0, part.size()).clear();
                return part;
            }

            @Override
            public void close() {
                left.clear();
            }
        };
    }

    /// Everything that waits, as one batch after another.
    private void work() {
        while (!mailbox.isEmpty()) {
            for (Runnable message = mailbox.poll(); message != null; message = mailbox.poll()) {
                message.run();
            }
            agent.endOfBatch();
        }
    }

    private FakeStream stream() {
        return streams.getLast();
    }

    private List<AgentMessage> after(ManagerMessage... messages) {
        for (ManagerMessage message : messages) {
            stream().tell(message);
        }
        work();
        return stream().take();
    }

    private void welcome() {
        after(new ManagerMessage.Welcome("cluster1", SECOND));
    }

    private static ManagerMessage assignments(boolean full, List<TaskAssignment> put, String... remove) {
        return new ManagerMessage.Assignments(5, full, put, List.of(remove));
    }

    private static TaskStatus status(TaskState state) {
        return TaskStatus.of(state, NOW, "");
    }

    @Test
    void itRegistersThenSendsHeartbeats() {
        AgentMessage.Register register = assertInstanceOf(AgentMessage.Register.class, stream().take().getFirst());
        assertEquals(new AgentMessage.Register("node1", Samples.NODE, "192.0.2.1", List.of(), 0), register);
        welcome();
        alarms.advance(SECOND);
        work();
        alarms.advance(SECOND);
        work();
        assertEquals(List.of(new AgentMessage.Heartbeat(), new AgentMessage.Heartbeat()), stream().take());
    }

    @Test
    void anAssignmentIsJournaledThenStartedAndReported() {
        welcome();
        List<AgentMessage> sent = after(assignments(true, List.of(Samples.task("t1", TaskState.RUNNING))));
        assertEquals(List.of("start RUNNING"), runners.get("t1"));
        assertEquals(List.of(new AgentMessage.Report(List.of(
                new AgentMessage.TaskReport("t1", TaskStatus.of(TaskState.ACCEPTED, NOW, "accepted"), false)))), sent);
        try (Journal other = Journal.open(folder)) {
            assertTrue(other.entries().containsKey("t1"), "safe on disk when its runner starts");
        }
    }

    @Test
    void onlyTheNewestStatusOfABatchIsSent() {
        welcome();
        after(assignments(true, List.of(Samples.task("t1", TaskState.RUNNING))));
        events.get("t1").observed("t1", status(TaskState.PREPARING));
        events.get("t1").observed("t1", status(TaskState.STARTING));
        events.get("t1").observed("t1", status(TaskState.RUNNING));
        events.get("t1").observed("t1", status(TaskState.READY)); // late: a state never goes back
        work();
        assertEquals(List.of(new AgentMessage.Report(
                List.of(new AgentMessage.TaskReport("t1", status(TaskState.RUNNING), false)))), stream().take());
    }

    @Test
    void whatIsWantedReachesTheRunnerOnce() {
        welcome();
        after(assignments(true, List.of(Samples.task("t1", TaskState.READY))));
        after(assignments(false, List.of(Samples.task("t1", TaskState.RUNNING))));
        after(assignments(false, List.of(Samples.task("t1", TaskState.RUNNING))));
        after(assignments(false, List.of(Samples.task("t1", TaskState.SHUTDOWN))));
        assertEquals(List.of("start READY", "desire RUNNING", "desire SHUTDOWN"), runners.get("t1"));
    }

    @Test
    void aTaskThatIsAssignedAndTakenAwayInOneBatchIsStartedForItsEndOnly() {
        welcome();
        after(assignments(true, List.of(Samples.task("t1", TaskState.RUNNING))), assignments(false, List.of(), "t1"));
        assertEquals(List.of("start REMOVE"), runners.get("t1"));
    }

    @Test
    void whatAFullListDoesNotNameIsRemoved() {
        welcome();
        after(assignments(true,
                List.of(Samples.task("t1", TaskState.RUNNING), Samples.task("t2", TaskState.RUNNING))));
        after(assignments(true, List.of(Samples.task("t2", TaskState.RUNNING))));
        assertEquals(List.of("start RUNNING", "desire REMOVE"), runners.get("t1"));
        assertEquals(List.of("start RUNNING"), runners.get("t2"));
        events.get("t1").observed("t1", status(TaskState.SHUTDOWN));
        work();
        stream().take();
        events.get("t1").removed("t1");
        work();
        assertEquals(List.of(new AgentMessage.Report(
                List.of(new AgentMessage.TaskReport("t1", status(TaskState.SHUTDOWN), true)))), stream().take());
        assertFalse(journal.entries().containsKey("t1"));
        assertEquals(List.of("start RUNNING", "desire REMOVE"), runners.get("t1"));
    }

    @Test
    void aBrokenStreamIsOpenedAgainAndEverythingIsSaid() {
        welcome();
        after(assignments(true, List.of(Samples.task("t1", TaskState.RUNNING))));
        stream().breaks();
        work();
        events.get("t1").observed("t1", status(TaskState.RUNNING));
        work();
        assertEquals(1, streams.size());
        alarms.advance(Backoff.FIRST);
        work();
        assertEquals(2, streams.size());
        AgentMessage.Register register = assertInstanceOf(AgentMessage.Register.class, stream().take().getFirst());
        assertEquals(List.of(new AgentMessage.TaskReport("t1", status(TaskState.RUNNING), false)), register.tasks());
        welcome();
        assertEquals(List.of(), stream().take(), "nothing twice");
        assertEquals(List.of("start RUNNING"), runners.get("t1"), "a task survives its session");
    }

    @Test
    void statusesBeforeTheWelcomeAreSentAfterIt() {
        welcome();
        after(assignments(true, List.of(Samples.task("t1", TaskState.RUNNING))));
        stream().breaks();
        work();
        alarms.advance(Backoff.FIRST);
        work();
        stream().take();
        events.get("t1").observed("t1", status(TaskState.RUNNING));
        work();
        assertEquals(List.of(), stream().take());
        List<AgentMessage> sent = after(new ManagerMessage.Welcome("cluster1", SECOND));
        assertInstanceOf(AgentMessage.Report.class, sent.getFirst());
    }

    @Test
    void pausesGrowUntilAManagerWelcomesIt() {
        connector = () -> {
            throw new JorchException(ErrorCode.UNAVAILABLE, "connection refused");
        };
        stream().breaks();
        work();
        long waited = 0;
        int tries = 0;
        for (int step = 0; step < 600; step++) { // one minute
            int before = alarms.pending();
            alarms.advance(SECOND / 10);
            tries += mailbox.isEmpty() ? 0 : 1;
            work();
            waited += SECOND / 10;
            assertTrue(before >= 1, "it never gives up");
        }
        assertTrue(tries > 10 && tries < 40, tries + " tries in " + waited / SECOND + " s");
    }

    @Test
    void aManagerThatSaysNothingIsLeft() {
        alarms.advance(11 * SECOND);
        work();
        assertTrue(streams.getFirst().closed);
        alarms.advance(SECOND);
        work();
        assertEquals(2, streams.size());
    }

    @Test
    void aRefusalIsTriedAgain() {
        after(new ManagerMessage.Refused("node node1 not found"));
        assertTrue(streams.getFirst().closed);
        alarms.advance(SECOND);
        work();
        assertEquals(2, streams.size());
    }

    @Test
    void aFrameThatIsNoneEndsTheSession() {
        welcome();
        stream().tellBytes(new byte[]{'H', 'T', 'T', 'P', '/', '1', '.', '1'});
        work();
        assertTrue(streams.getFirst().closed);
        alarms.advance(SECOND);
        work();
        assertEquals(2, streams.size());
    }

    @Test
    void networksAreMadeTrueThenAcknowledgedAndKept() {
        welcome();
        NetworkMap map = new NetworkMap(9, List.of(), List.of());
        assertEquals(List.of(new AgentMessage.NetworksApplied(9)), after(new ManagerMessage.Networks(map)));
        assertEquals(List.of(map), machine.maps);
        assertEquals(map, new LastNetworks(folder).load().orElseThrow());
        stream().breaks();
        work();
        alarms.advance(SECOND);
        work();
        assertEquals(9, assertInstanceOf(AgentMessage.Register.class, stream().take().getFirst()).appliedEpoch());
    }

    @Test
    void imagesAreFetchedAndAnsweredOneByOne() {
        welcome();
        ImagePin pin = new ImagePin("nginx:1", Samples.DIGEST, List.of());
        assertEquals(List.of(new AgentMessage.ImageFetched(pin.pinned(), "")),
                after(new ManagerMessage.FetchImages(List.of(pin))));
        machine.imageFailure = new JorchException(ErrorCode.EXHAUSTED, "disk full");
        ImagePin second = new ImagePin("nginx:2", "", List.of());
        assertEquals(List.of(new AgentMessage.ImageFetched("nginx:2", "disk full")),
                after(new ManagerMessage.FetchImages(List.of(second))));
    }

    @Test
    void imagesOfTasksAndOfComingRolloutsAreKept() {
        welcome();
        after(assignments(true, List.of(Samples.task("t1", TaskState.RUNNING))),
                new ManagerMessage.FetchImages(List.of(new ImagePin("nginx:2", "", List.of()))));
        machine.calls.clear();
        alarms.advance(ImageKeeper.EVERY);
        work();
        assertTrue(machine.calls.contains("collect [busybox:1, nginx:2]"), machine.calls.toString());
    }

    @Test
    void leftoversGoOnlyAfterAManagerHasSpoken() {
        journal.append(new io.jorch.worker.journal.JournalRecord.Assigned(Samples.task("known", TaskState.RUNNING), "boot"));
        journal.close();
        for (String id : List.of("known", "assigned", "stranger")) {
            machine.containers.put(id, machine.new FakeContainer(id, "c"));
        }
        start();
        assertEquals(List.of("start RUNNING"), runners.get("known"), "taken up before any manager is heard");
        welcome();
        assertEquals(3, machine.containers.size());
        after(assignments(true,
                List.of(Samples.task("known", TaskState.RUNNING), Samples.task("assigned", TaskState.RUNNING))));
        assertEquals(java.util.Set.of("known", "assigned"), machine.containers.keySet());
        assertTrue(machine.calls.contains("detach stranger"));
    }

    @Test
    void linesAreSentInBatchesAndEnd() throws InterruptedException {
        welcome();
        for (int line = 0; line < 3; line++) {
            log.add(new LogLine("t1", NOW, false, "line " + line));
        }
        stream().tell(new ManagerMessage.SubscribeLogs("l1", List.of("t1"), false, "", -1, true, true));
        List<AgentMessage> sent = workUntil(3);
        assertEquals(new AgentMessage.LogLines("l1", log.subList(0, 2), false, ""), sent.get(0));
        assertEquals(new AgentMessage.LogLines("l1", log.subList(2, 3), false, ""), sent.get(1));
        assertEquals(new AgentMessage.LogLines("l1", List.of(), true, ""), sent.get(2));
    }

    /// Readers are on threads of their own: work on what they post until so much was sent.
    private List<AgentMessage> workUntil(int count) throws InterruptedException {
        while (stream().sent.size() < count) {
            Runnable message = mailbox.poll(10, TimeUnit.SECONDS);
            assertTrue(message != null, "sent so far: " + stream().sent);
            message.run();
            agent.endOfBatch();
        }
        return stream().take();
    }

    /// Subscribes, with a stream so full that the first lines are held back.
    private void subscribeOnAFullStream() throws InterruptedException {
        welcome();
        log.add(new LogLine("t1", NOW, false, "line"));
        stream().queued = 100 << 20;
        int alarmsBefore = alarms.pending();
        stream().tell(new ManagerMessage.SubscribeLogs("l1", List.of("t1"), false, "", -1, true, true));
        while (alarms.pending() == alarmsBefore) {
            Runnable message = mailbox.poll(10, TimeUnit.SECONDS);
            assertTrue(message != null);
            message.run();
        }
        assertEquals(List.of(), stream().take());
    }

    @Test
    void linesWaitWhileTheStreamIsFull() throws InterruptedException {
        subscribeOnAFullStream();
        stream().queued = 0;
        alarms.advance(SECOND / 2);
        assertEquals(2, workUntil(2).size());
    }

    @Test
    void aCancelledSubscriptionSaysNothingMore() throws InterruptedException {
        subscribeOnAFullStream();
        assertEquals(List.of(), after(new ManagerMessage.CancelLogs("l1")));
        stream().queued = 0;
        alarms.advance(SECOND / 2);
        work();
        assertEquals(List.of(), stream().take());
    }

    @Test
    void aCleanStopSaysSoAndLeavesTheTasks() {
        welcome();
        after(assignments(true, List.of(Samples.task("t1", TaskState.RUNNING))));
        agent.leave();
        assertEquals(List.of(new AgentMessage.Leaving()), stream().take());
        assertTrue(stream().closed);
        assertEquals(List.of("start RUNNING", "detach"), runners.get("t1"));
        start();
        assertEquals(List.of("start RUNNING"), runners.get("t1"), "the next daemon takes it up");
    }
}
