package io.jorch.raft.engine;

import static io.jorch.raft.engine.Nodes.applied;
import static io.jorch.raft.engine.Nodes.awaitLead;
import static io.jorch.raft.engine.Nodes.bytes;
import static io.jorch.raft.engine.Nodes.propose;
import static io.jorch.raft.engine.Nodes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What one member alone must do, whatever the engine.
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
public abstract class RaftEngineContractTest {

    @TempDir
    Path folder;

    private final List<RaftEngine> open = new ArrayList<>();

    protected abstract RaftEngine open(EngineConfig config, StateMachine machine);

    private RaftEngine start(EngineConfig config, StateMachine machine) {
        RaftEngine engine = open(config.withTiming(Nodes.FAST), machine);
        open.add(engine);
        return engine;
    }

    private EngineConfig alone() {
        return EngineConfig.first(Nodes.CLUSTER, Nodes.member("n1"), folder.resolve("raft"));
    }

    @AfterEach
    void closeAll() {
        open.forEach(RaftEngine::close);
    }

    @Test
    void appliesProposalsInTheOrderTheyWereMadeAndAnswersTheirResults() throws Exception {
        Ledger ledger = new Ledger();
        RaftEngine engine = start(alone(), ledger);
        long term = awaitLead(engine).term();
        List<String> expected = IntStream.range(0, 500).mapToObj(i -> "entry " + i).toList();

        List<CompletableFuture<Outcome>> outcomes = expected.stream().map(entry -> engine.propose(term, bytes(entry)))
                .toList();

        long before = -1;
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome.Applied applied = applied(outcomes.get(i).get(20, TimeUnit.SECONDS));
            assertEquals("applied " + expected.get(i), text(applied.result()));
            assertTrue(applied.index() > before, "indexes must grow");
            before = applied.index();
        }
        assertEquals(expected, ledger.entries());
    }

    @Test
    void recoversFromItsLogAlone() throws Exception {
        EngineConfig config = alone();
        RaftEngine first = start(config, new Ledger());
        awaitLead(first);
        long index = applied(propose(first, "a")).index();
        applied(propose(first, "b"));
        long term = first.leadership().term();
        first.close();

        Ledger recovered = new Ledger();
        RaftEngine second = start(config, recovered);
        Leadership leadership = awaitLead(second);

        assertEquals(List.of("a", "b"), recovered.entries());
        assertEquals(0, recovered.restores());
        assertTrue(leadership.term() > term, "each start of a leader is a new term");
        assertTrue(applied(propose(second, "c")).index() > index + 1);
    }

    @Test
    void recoversFromSnapshotAndLog() throws Exception {
        EngineConfig config = alone();
        RaftEngine first = start(config, new Ledger());
        awaitLead(first);
        applied(propose(first, "a"));
        long b = applied(propose(first, "b")).index();
        assertTrue(first.snapshot().get(20, TimeUnit.SECONDS) >= b);
        assertTrue(first.status().snapshot() >= b);
        applied(propose(first, "c"));
        first.close();

        Ledger recovered = new Ledger();
        RaftEngine second = start(config, recovered);
        awaitLead(second);

        assertEquals(List.of("a", "b", "c"), recovered.entries());
        assertEquals(1, recovered.restores());
    }

    @Test
    void takesSnapshotsByItselfAndForgetsTheLogBehindThem() throws Exception {
        EngineConfig config = alone().withLimits(new EngineConfig.Limits(1 << 10, 4 << 10, 50));
        RaftEngine first = start(config, new Ledger());
        long term = awaitLead(first).term();
        List<CompletableFuture<Outcome>> outcomes = IntStream.range(0, 400)
                .mapToObj(i -> first.propose(term, bytes("a rather long entry, so that log files fill up, number " + i)))
                .toList();
        for (CompletableFuture<Outcome> outcome : outcomes) {
            applied(outcome.get(20, TimeUnit.SECONDS));
        }
        Awaitility.await().until(() -> first.status().snapshot() > 300);
        first.close();

        assertTrue(filesUnder(config.directory(), "log_0-").isEmpty(), "the first log file must be gone");
        assertTrue(filesUnder(config.directory(), "snapshot.").size() <= 4, "two snapshots with their checksums at most");
        Ledger recovered = new Ledger();
        awaitLead(start(config, recovered));
        assertEquals(400, recovered.entries().size());
    }

    private static List<Path> filesUnder(Path directory, String prefix) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
        }
    }

    @Test
    void aProposalOfAnotherTermIsRefusedAndNeverApplied() throws Exception {
        Ledger ledger = new Ledger();
        RaftEngine engine = start(alone(), ledger);
        long term = awaitLead(engine).term();

        assertInstanceOf(Outcome.NotLeader.class, engine.propose(term - 1, bytes("old plan")).get(20, TimeUnit.SECONDS));
        assertInstanceOf(Outcome.NotLeader.class, engine.propose(term + 1, bytes("early")).get(20, TimeUnit.SECONDS));

        applied(engine.propose(term, bytes("good")).get(20, TimeUnit.SECONDS));
        assertEquals(term, engine.leadership().term(), "a refused proposal must not cost the leadership");
        assertEquals(List.of("good"), ledger.entries());
    }

    @Test
    void afterCloseEveryProposalIsNotLeaderAndTheListenersKnow() throws Exception {
        RaftEngine engine = start(alone(), new Ledger());
        long term = awaitLead(engine).term();
        List<Role> roles = new CopyOnWriteArrayList<>();
        engine.onLeadership(now -> roles.add(now.role()));

        engine.close();
        engine.close();

        assertInstanceOf(Outcome.NotLeader.class, engine.propose(term, bytes("late")).get(20, TimeUnit.SECONDS));
        assertEquals(Role.STOPPED, engine.leadership().role());
        assertEquals(Role.STOPPED, roles.getLast());
        ExecutionException failure = assertThrows(ExecutionException.class,
                () -> engine.readIndex().get(20, TimeUnit.SECONDS));
        assertEquals(ErrorCode.UNAVAILABLE, assertInstanceOf(JorchException.class, failure.getCause()).code());
    }

    @Test
    void anEntryThatIsTooLargeIsInvalid() throws Exception {
        RaftEngine engine = start(alone(), new Ledger());
        long term = awaitLead(engine).term();
        int most = EngineConfig.Limits.DEFAULT.maxEntryBytes();

        ExecutionException failure = assertThrows(ExecutionException.class,
                () -> engine.propose(term, new byte[most + 1]).get(20, TimeUnit.SECONDS));
        assertEquals(ErrorCode.INVALID, assertInstanceOf(JorchException.class, failure.getCause()).code());
        applied(engine.propose(term, new byte[most]).get(20, TimeUnit.SECONDS));
    }

    @Test
    void aReadSeesEveryAcknowledgedWrite() throws Exception {
        Ledger ledger = new Ledger();
        RaftEngine engine = start(alone(), ledger);
        awaitLead(engine);
        for (int i = 0; i < 50; i++) {
            long index = applied(propose(engine, "w" + i)).index();
            assertTrue(engine.readIndex().get(20, TimeUnit.SECONDS) >= index);
        }
    }

    @Test
    void aReadRightAfterARestartWaitsForTheOldEntries() throws Exception {
        EngineConfig config = alone();
        RaftEngine first = start(config, new Ledger());
        awaitLead(first);
        applied(propose(first, "old"));
        first.close();

        Ledger recovered = new Ledger();
        RaftEngine second = start(config, recovered);
        second.readIndex().get(20, TimeUnit.SECONDS);

        assertEquals(List.of("old"), recovered.entries());
    }

    @Test
    void anEntryThatCannotBeAppliedStopsTheMemberInsteadOfLettingItDrift() throws Exception {
        RaftEngine engine = start(alone(), new Ledger());
        long term = awaitLead(engine).term();

        Outcome outcome = engine.propose(term, bytes("poison")).get(20, TimeUnit.SECONDS);

        assertInstanceOf(Outcome.Unknown.class, outcome);
        Awaitility.await().until(() -> engine.leadership().role() == Role.STOPPED);
    }

    @Test
    void tellsItsMembersAndStatus() throws Exception {
        EngineConfig config = alone();
        RaftEngine engine = start(config, new Ledger());
        awaitLead(engine);
        long index = applied(propose(engine, "a")).index();

        assertEquals(List.of(config.self()), engine.members());
        assertEquals("n1", engine.status().id());
        assertTrue(engine.status().applied() >= index);
        assertTrue(engine.status().lastIndex() >= index);
        assertTrue(engine.status().followers().isEmpty());
    }

    @Test
    void aTakenPortIsAClearFailureAndNotTheEndOfTheProcess() throws Exception {
        EngineConfig config = alone();
        try (ServerSocket taken = new ServerSocket(config.self().port(), 1, InetAddress.getByName("127.0.0.1"))) {
            JorchException failure = assertThrows(JorchException.class, () -> start(config, new Ledger()));
            assertEquals(ErrorCode.UNAVAILABLE, failure.code());
            assertTrue(failure.getMessage().contains(":" + taken.getLocalPort()), failure.getMessage());
        }
    }

    @Test
    void listensOnItsOwnAddressOnly() throws Exception {
        EngineConfig config = alone();
        awaitLead(start(config, new Ledger()));

        assertThrows(ConnectException.class,
                () -> new Socket("127.0.0.2", config.self().port()).close());
    }

    @Test
    void theFolderIsForItsOwnerOnlyAndForOneClusterOnly() throws Exception {
        EngineConfig config = alone();
        RaftEngine engine = start(config, new Ledger());
        awaitLead(engine);
        engine.close();

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(config.directory())));
        JorchException failure = assertThrows(JorchException.class, () -> start(
                EngineConfig.first("another0another0another00", config.self(), config.directory()), new Ledger()));
        assertEquals(ErrorCode.CONFLICT, failure.code());
    }

    @Test
    void aJoinerWaitsUntilItIsAdded() throws Exception {
        RaftEngine joiner = start(EngineConfig.joiner(Nodes.CLUSTER, Nodes.member("n9"), folder.resolve("raft")),
                new Ledger());

        assertTrue(joiner.members().isEmpty());
        assertFalse(joiner.leadership().leads());
        assertInstanceOf(Outcome.NotLeader.class, joiner.propose(0, bytes("x")).get(20, TimeUnit.SECONDS));
    }
}
