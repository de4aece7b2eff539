package io.jorch.raft.seal;

import static io.jorch.raft.engine.Nodes.applied;
import static io.jorch.raft.engine.Nodes.awaitLead;
import static io.jorch.raft.engine.Nodes.propose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.raft.engine.EngineConfig;
import io.jorch.raft.engine.Ledger;
import io.jorch.raft.engine.Nodes;
import io.jorch.raft.engine.RaftEngine;
import io.jorch.raft.ratis.RatisEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
final class SealedEngineTest {

    private static final String MARKER = "the-marker-that-must-not-be-on-disk";

    @TempDir
    Path folder;

    private EngineConfig alone() {
        return EngineConfig.first(Nodes.CLUSTER, Nodes.member("n1"), folder.resolve("raft")).withTiming(Nodes.FAST);
    }

    /// Entry, snapshot, entry.
    private static void write(RaftEngine engine) throws Exception {
        awaitLead(engine);
        applied(propose(engine, "1 " + MARKER));
        engine.snapshot().get(20, TimeUnit.SECONDS);
        applied(propose(engine, "2 " + MARKER));
    }

    private List<Path> filesWithTheMarker() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARKER)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void nothingIsOnDiskInClear() throws Exception {
        try (RaftEngine engine = SealedEngine.open(RatisEngine::open, alone(), DataKeys.random(), new Ledger())) {
            write(engine);
            assertEquals(List.of(), filesWithTheMarker());
        }
        assertEquals(List.of(), filesWithTheMarker());
    }

    @Test
    void withoutTheSealItWouldBeInLogAndSnapshot() throws Exception {
        try (RaftEngine engine = RatisEngine.open(alone(), new Ledger())) {
            write(engine);
        }
        assertEquals(2, filesWithTheMarker().size(), "this test's way of looking must find it when it is there");
    }

    @Test
    void recoversFromSealedSnapshotAndLogAlsoAfterARotation() throws Exception {
        EngineConfig config = alone();
        DataKeys keys = DataKeys.random();
        try (RaftEngine engine = SealedEngine.open(RatisEngine::open, config, keys, new Ledger())) {
            write(engine);
        }
        Ledger recovered = new Ledger();
        try (RaftEngine engine = SealedEngine.open(RatisEngine::open, config, keys.rotated(), recovered)) {
            awaitLead(engine);
            assertEquals(List.of("1 " + MARKER, "2 " + MARKER), recovered.entries());
            assertEquals(1, recovered.restores());
            applied(propose(engine, "3"));
        }
    }

    @Test
    void withoutTheKeyTheMemberSaysSoAndDoesNotStart() throws Exception {
        EngineConfig config = alone();
        try (RaftEngine engine = SealedEngine.open(RatisEngine::open, config, DataKeys.random(), new Ledger())) {
            write(engine);
        }
        JorchException failure = assertThrows(JorchException.class,
                () -> SealedEngine.open(RatisEngine::open, config, DataKeys.random(), new Ledger()));
        assertEquals(ErrorCode.CORRUPT, failure.code());
        assertTrue(failure.getMessage().contains("data key"), failure.getMessage());
    }
}
