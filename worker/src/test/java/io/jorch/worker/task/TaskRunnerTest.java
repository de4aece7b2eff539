package io.jorch.worker.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.worker.Samples;
import io.jorch.worker.compose.ContainerComposer;
import io.jorch.worker.compose.NodeRules;
import io.jorch.worker.health.ProbeResult;
import io.jorch.worker.journal.JournalEntry;
import io.jorch.worker.time.FakeAlarms;
import io.jorch.worker.volume.Volumes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TaskRunnerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String CONTAINER = "c".repeat(64);

    @TempDir
    private Path folder;
    private final FakeMachine machine = new FakeMachine();
    private final FakeAlarms alarms = new FakeAlarms();
    private final BlockingQueue<TaskStatus> statuses = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> removed = new LinkedBlockingQueue<>();
    private TaskRunners runners = (_, _) -> {
        throw new IllegalStateException("not set up");
    };
    private final TaskEvents events = new TaskEvents() {
        @Override
        public void observed(String taskId, TaskStatus status) {
            statuses.add(status);
        }

        @Override
        public void observedDurably(String taskId, TaskStatus status) {
            machine.calls.add("safe " + status.state());
            statuses.add(status);
        }

        @Override
        public void removed(String taskId) {
            removed.add(taskId);
        }
    };

    @BeforeEach
    void setUp() {
        runners = TaskRunner.factory(new TaskTools(machine, machine, machine, Volumes.open(folder),
                new ContainerComposer("node1", Samples.NODE, NodeRules.STRICT), alarms, () -> NOW, () -> CONTAINER,
                "boot"));
    }

    private static JournalEntry entry(TaskAssignment task, TaskState seen, String bootId) {
        return new JournalEntry(task, bootId, TaskStatus.of(seen, NOW, ""), false);
    }

    private TaskHandle start(TaskAssignment task) {
        return runners.start(entry(task, TaskState.ACCEPTED, "boot"), events);
    }

    private TaskStatus await(TaskState state) throws InterruptedException {
        TaskStatus status = statuses.poll(10, TimeUnit.SECONDS);
        assertNotNull(status, "no status while waiting for " + state + ", calls " + machine.calls);
        assertEquals(state, status.state(), status.toString());
        return status;
    }

    /// Up to the state, whatever comes before it.
    private TaskStatus skipTo(TaskState state) throws InterruptedException {
        while (true) {
            TaskStatus status = statuses.poll(10, TimeUnit.SECONDS);
            assertNotNull(status, "no status while waiting for " + state + ", calls " + machine.calls);
            if (status.state() == state) {
                return status;
            }
            assertTrue(status.state().compareTo(state) < 0, "waiting for " + state + ": " + status);
        }
    }

    private void awaitCall(String expected) throws InterruptedException {
        for (String call = next(); !call.equals(expected); call = next()) {
            assertFalse(call.startsWith("remove"), call);
        }
    }

    private String next() throws InterruptedException {
        String call = machine.calls.poll(10, TimeUnit.SECONDS);
        assertNotNull(call, "no further call");
        return call;
    }

    @Test
    void aTaskGoesThroughItsWholeLife() throws InterruptedException {
        TaskAssignment task = Samples.task("t1", TaskState.READY);
        TaskHandle handle = start(task);
        await(TaskState.PREPARING);
        await(TaskState.READY);
        assertNull(statuses.poll(50, TimeUnit.MILLISECONDS), "READY waits until it is wanted running");
        handle.desire(task, TaskState.RUNNING);
        assertEquals(CONTAINER, await(TaskState.STARTING).containerId());
        assertEquals(4711L, await(TaskState.STARTING).pid());
        TaskStatus running = await(TaskState.RUNNING);
        assertTrue(running.ready());
        assertEquals(CONTAINER, running.containerId());
        handle.desire(task, TaskState.SHUTDOWN);
        TaskStatus end = await(TaskState.SHUTDOWN);
        assertEquals(0, end.exitCode());
        assertFalse(end.ready());
        handle.desire(task, TaskState.REMOVE);
        assertEquals("t1", removed.poll(10, TimeUnit.SECONDS));
        assertEquals(java.util.List.of("image busybox:1@" + Samples.DIGEST, "attach t1", "safe STARTING", "start t1 sh",
                "signal t1 15", "detach t1", "release t1", "detach t1", "remove t1"),
                java.util.List.copyOf(machine.calls));
    }

    @Test
    void aFinishedProgramIsComplete() throws InterruptedException {
        start(Samples.task("t1", TaskState.RUNNING));
        skipTo(TaskState.RUNNING);
        machine.containers.get("t1").exits(0, 0, false);
        TaskStatus end = await(TaskState.COMPLETE);
        assertEquals(0, end.exitCode());
        assertEquals("", end.error());
    }

    @Test
    void aFailureSaysWhatItWas() throws InterruptedException {
        start(Samples.task("t1", TaskState.RUNNING));
        start(Samples.task("t2", TaskState.RUNNING, Samples.taskSpec("", "'Resources':{'Limits':{'MemoryBytes':67108864}}")));
        org.awaitility.Awaitility.await().until(() -> machine.containers.size() == 2);
        machine.containers.get("t1").exits(3, 0, false);
        TaskStatus end = skipEither(TaskState.FAILED);
        assertEquals("task: non-zero exit (3)", end.error());
        assertEquals(3, end.exitCode());
        machine.containers.get("t2").exits(137, 9, true);
        assertEquals("out of memory (limit 64 MiB), exit code 137", skipEither(TaskState.FAILED).error());
    }

    private TaskStatus skipEither(TaskState state) throws InterruptedException {
        TaskStatus status = statuses.poll(10, TimeUnit.SECONDS);
        while (status != null && status.state() != state) {
            status = statuses.poll(10, TimeUnit.SECONDS);
        }
        assertNotNull(status);
        return status;
    }

    @Test
    void anImageThatIsNotThereRejectsTheTask() throws InterruptedException {
        machine.imageFailure = new JorchException(ErrorCode.NOT_FOUND, "image busybox:1 not found at its registry");
        start(Samples.task("t1", TaskState.RUNNING));
        TaskStatus end = skipTo(TaskState.REJECTED);
        assertEquals("image busybox:1 not found at its registry", end.error());
        assertNull(end.exitCode());
    }

    @Test
    void anImageWithNothingToRunRejectsTheTaskWithTheFix() throws InterruptedException {
        machine.image = Samples.image("");
        start(Samples.task("t1", TaskState.RUNNING));
        assertTrue(skipTo(TaskState.REJECTED).error().endsWith("give the service a command"));
    }

    @Test
    void aFieldThatCantBeHonouredRejectsTheTaskBeforeTheImageIsFetched() throws InterruptedException {
        start(Samples.task("t1", TaskState.RUNNING, Samples.taskSpec("'TTY':true", "")));
        assertTrue(skipTo(TaskState.REJECTED).error().startsWith("TaskTemplate.ContainerSpec.TTY: "));
        assertFalse(machine.calls.stream().anyMatch(call -> call.startsWith("image")));
    }

    @Test
    void aStartThatFailsFailsTheTask() throws InterruptedException {
        machine.startFailure = new JorchException(ErrorCode.INVALID, "execve sh: ENOENT");
        start(Samples.task("t1", TaskState.RUNNING));
        assertEquals("execve sh: ENOENT", skipTo(TaskState.FAILED).error());
    }

    @Test
    void aFetchIsGivenUpWhenTheTaskIsNoLongerWanted() throws InterruptedException {
        machine.imageHangs = true;
        TaskAssignment task = Samples.task("t1", TaskState.RUNNING);
        TaskHandle handle = start(task);
        awaitCall("image busybox:1@" + Samples.DIGEST);
        handle.desire(task, TaskState.SHUTDOWN);
        assertNull(skipTo(TaskState.SHUTDOWN).exitCode());
    }

    @Test
    void itRunsOnlyOnceItIsHealthy() throws InterruptedException {
        machine.probe = ProbeResult.fail("not yet");
        start(Samples.task("t1", TaskState.RUNNING, Samples.taskSpec("'Healthcheck':{'Test':['CMD','check']}", "")));
        skipTo(TaskState.STARTING);
        awaitCall("run check");
        TaskStatus waiting = skipToMessage("not yet");
        assertEquals(TaskState.STARTING, waiting.state());
        machine.probe = ProbeResult.pass("well");
        alarms.advance(SECOND);
        assertTrue(skipTo(TaskState.RUNNING).ready());
    }

    private TaskStatus skipToMessage(String part) throws InterruptedException {
        while (true) {
            TaskStatus status = statuses.poll(10, TimeUnit.SECONDS);
            assertNotNull(status);
            if (status.message().contains(part)) {
                return status;
            }
        }
    }

    @Test
    void anUnhealthyTaskIsStoppedAndFails() throws InterruptedException {
        start(Samples.task("t1", TaskState.RUNNING,
                Samples.taskSpec("'Healthcheck':{'Test':['CMD','check'],'Interval':1000000000,'Retries':2}", "")));
        assertTrue(skipTo(TaskState.RUNNING).ready());
        machine.probe = ProbeResult.fail("connection refused");
        awaitCall("run check");
        alarms.advance(SECOND);
        awaitCall("run check");
        alarms.awaitPending();
        alarms.advance(SECOND);
        TaskStatus unhealthy = await(TaskState.RUNNING);
        assertFalse(unhealthy.ready());
        assertEquals("unhealthy: connection refused", await(TaskState.FAILED).error());
        awaitCall("signal t1 15");
    }

    @Test
    void readinessOnlyTakesItOutOfTheBalancers() throws InterruptedException {
        machine.ports = java.util.Set.of();
        start(Samples.task("t1", TaskState.RUNNING,
                Samples.taskSpec("", "'Jorch':{'Readiness':{'Type':'tcp','Port':80,'Interval':1000000000,'Retries':1}}")));
        assertFalse(skipTo(TaskState.RUNNING).ready());
        machine.ports = java.util.Set.of(80);
        advanceUntilStatus();
        TaskStatus ready = await(TaskState.RUNNING);
        assertTrue(ready.ready());
        machine.ports = java.util.Set.of();
        advanceUntilStatus();
        assertFalse(await(TaskState.RUNNING).ready());
    }

    private void advanceUntilStatus() throws InterruptedException {
        while (statuses.isEmpty()) {
            alarms.awaitPending();
            alarms.advance(SECOND);
        }
    }

    @Test
    void aStopWaitsForConnectionsThenForTheGracePeriodThenKills() throws InterruptedException {
        machine.openConnections = 2;
        TaskAssignment task = Samples.task("t1", TaskState.RUNNING, Samples.taskSpec("'StopSignal':'SIGQUIT'", ""));
        TaskHandle handle = start(task);
        skipTo(TaskState.RUNNING);
        machine.containers.get("t1").obeys = java.util.Set.of(9);
        handle.desire(task, TaskState.SHUTDOWN);
        alarms.awaitPending();
        alarms.advance(SECOND / 10);
        alarms.awaitPending();
        assertFalse(machine.calls.stream().anyMatch(call -> call.startsWith("signal")), "connections are open");
        machine.openConnections = 0;
        alarms.advance(SECOND / 10);
        awaitCall("signal t1 3");
        alarms.awaitPending();
        alarms.advance(9 * SECOND);
        assertTrue(machine.calls.isEmpty(), "the grace period is not over");
        alarms.advance(SECOND);
        awaitCall("signal t1 9");
        assertEquals(137, await(TaskState.SHUTDOWN).exitCode());
    }

    @Test
    void connectionsThatNeverEndAreCutAfterTheDrainTimeout() throws InterruptedException {
        machine.openConnections = 2;
        TaskAssignment task = Samples.task("t1", TaskState.RUNNING,
                Samples.taskSpec("", "'Jorch':{'DrainTimeout':1000000000}"));
        TaskHandle handle = start(task);
        skipTo(TaskState.RUNNING);
        handle.desire(task, TaskState.SHUTDOWN);
        for (int tenth = 0; tenth < 10; tenth++) {
            alarms.awaitPending();
            alarms.advance(SECOND / 10);
        }
        awaitCall("signal t1 15");
        await(TaskState.SHUTDOWN);
    }

    @Test
    void aRunningTaskIsTakenUpAgain() throws InterruptedException {
        machine.containers.put("t1", machine.new FakeContainer("t1", CONTAINER));
        TaskAssignment task = Samples.task("t1", TaskState.RUNNING);
        TaskHandle handle = runners.start(entry(task, TaskState.RUNNING, "boot"), events);
        assertTrue(await(TaskState.RUNNING).message().equals("running"));
        handle.desire(task, TaskState.SHUTDOWN);
        skipTo(TaskState.SHUTDOWN);
        assertFalse(machine.calls.stream().anyMatch(call -> call.startsWith("start ")));
    }

    @Test
    void oneThatEndedWhileNobodyLookedTellsItsExit() throws InterruptedException {
        FakeMachine.FakeContainer container = machine.new FakeContainer("t1", CONTAINER);
        container.exits(7, 0, false);
        machine.containers.put("t1", container);
        runners.start(entry(Samples.task("t1", TaskState.RUNNING), TaskState.RUNNING, "boot"), events);
        assertEquals(7, skipTo(TaskState.FAILED).exitCode());
    }

    @Test
    void oneThatWasOnlyBegunIsBegunAgain() throws InterruptedException {
        runners.start(entry(Samples.task("t1", TaskState.RUNNING), TaskState.STARTING, "boot"), events);
        skipTo(TaskState.RUNNING);
    }

    @Test
    void oneWhoseContainerIsGoneHasFailed() throws InterruptedException {
        runners.start(entry(Samples.task("t1", TaskState.RUNNING), TaskState.RUNNING, "boot"), events);
        assertTrue(await(TaskState.FAILED).error().startsWith("its container is gone"));
    }

    @Test
    void nothingIsStartedTwiceAfterAReboot() throws InterruptedException {
        runners.start(entry(Samples.task("t1", TaskState.RUNNING), TaskState.READY, "earlier boot"), events);
        assertEquals("the node was restarted", await(TaskState.FAILED).error());
    }

    @Test
    void anEndedTaskIsCleanedAgainAfterARestartAndSaysNothingNew() throws InterruptedException {
        TaskAssignment task = Samples.task("t1", TaskState.SHUTDOWN);
        TaskHandle handle = runners.start(entry(task, TaskState.FAILED, "boot"), events);
        awaitCall("release t1");
        handle.desire(task, TaskState.REMOVE);
        assertEquals("t1", removed.poll(10, TimeUnit.SECONDS));
        assertTrue(statuses.isEmpty());
    }

    @Test
    void aDaemonThatGoesLeavesTheContainerAlone() throws InterruptedException {
        TaskHandle handle = start(Samples.task("t1", TaskState.RUNNING));
        skipTo(TaskState.RUNNING);
        handle.detach();
        assertNull(statuses.poll(100, TimeUnit.MILLISECONDS));
        assertFalse(machine.calls.stream().anyMatch(call -> call.startsWith("signal") || call.startsWith("release")));
    }

    @Test
    void aRemovalThatFailsIsTriedUntilItSucceeds() throws InterruptedException {
        machine.removeFailure = new JorchException(ErrorCode.INTERNAL, "busy");
        TaskAssignment task = Samples.task("t1", TaskState.RUNNING);
        TaskHandle handle = start(task);
        skipTo(TaskState.RUNNING);
        handle.desire(task, TaskState.REMOVE);
        skipTo(TaskState.SHUTDOWN);
        alarms.awaitPending();
        assertTrue(removed.isEmpty());
        machine.removeFailure = null;
        alarms.advance(SECOND);
        assertEquals("t1", removed.poll(10, TimeUnit.SECONDS));
    }
}
