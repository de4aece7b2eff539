package io.jorch.raft.tail;

import static io.jorch.raft.engine.Nodes.applied;
import static io.jorch.raft.engine.Nodes.awaitLead;
import static io.jorch.raft.engine.Nodes.propose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.raft.engine.EngineConfig;
import io.jorch.raft.engine.Ledger;
import io.jorch.raft.engine.Member;
import io.jorch.raft.engine.Nodes;
import io.jorch.raft.engine.RaftEngine;
import io.jorch.raft.ratis.RatisEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
final class ForceNewClusterTest {

    @TempDir
    Path folder;

    private EngineConfig config() {
        return EngineConfig.first(Nodes.CLUSTER, Nodes.member("n1"), folder.resolve("raft")).withTiming(Nodes.FAST);
    }

    private static void write(RaftEngine engine, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            applied(propose(engine, "entry " + i));
        }
    }

    private static List<String> entries(int count) {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add("entry " + i);
        }
        return entries;
    }

    private Path current() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("raft"))) {
            return all.filter(path -> path.getFileName().toString().equals("current")).findFirst().orElseThrow();
        }
    }

    private Map<String, byte[]> contents(Path root) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return contents;
    }

    @Test
    void keepsWhatIsBeforeTheDamageAndSavesTheOldFolder() throws Exception {
        EngineConfig config = config();
        try (RaftEngine engine = RatisEngine.open(config, new Ledger())) {
            awaitLead(engine);
            write(engine, 0, 10);
        }
        Path log = current().resolve("log_inprogress_0");
        byte[] bytes = Files.readAllBytes(log);
        int damaged = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("entry 6");
        bytes[damaged] ^= 1;
        Files.write(log, bytes);
        Map<String, byte[]> before = contents(folder.resolve("raft"));
        JorchException refused = assertThrows(JorchException.class, () -> RatisEngine.open(config, new Ledger()));
        assertEquals(ErrorCode.CORRUPT, refused.code());

        ForceNewCluster.Result result = ForceNewCluster.run(config.directory(), config.self());

        Map<String, byte[]> saved = contents(result.saved());
        assertEquals(before.keySet(), saved.keySet());
        before.forEach((name, content) -> assertArrayEquals(content, saved.get(name), name));
        Ledger kept = new Ledger();
        try (RaftEngine engine = RatisEngine.open(config, kept)) {
            awaitLead(engine);
            assertEquals(entries(6), kept.entries());
            assertTrue(applied(propose(engine, "new")).index() > result.lastIndex());
        }
    }

    @Test
    void oneOfThreeBecomesTheOnlyOneWithItsWholeState() throws Exception {
        EngineConfig config = config();
        Member dead1 = Nodes.member("n2");
        Member dead2 = Nodes.member("n3");
        EngineConfig three = new EngineConfig(config.clusterId(), config.self(), config.directory(),
                List.of(config.self(), dead1, dead2), config.timing(), config.limits(), null);
        try (RaftEngine second = RatisEngine.open(new EngineConfig(config.clusterId(), dead1, folder.resolve("raft2"),
                three.initialPeers(), config.timing(), config.limits(), null), new Ledger());
                RaftEngine first = RatisEngine.open(three, new Ledger())) {
            RaftEngine leader = leader(List.of(first, second));
            write(leader, 0, 20);
            leader.readIndex().get(20, TimeUnit.SECONDS);
            first.readIndex().get(20, TimeUnit.SECONDS);
            first.snapshot().get(20, TimeUnit.SECONDS);
            write(leader, 20, 25);
            first.readIndex().get(20, TimeUnit.SECONDS);
        }
        Member moved = Nodes.member("n1");

        ForceNewCluster.run(config.directory(), moved);

        Ledger kept = new Ledger();
        EngineConfig restarted = EngineConfig.joiner(config.clusterId(), moved, config.directory())
                .withTiming(Nodes.FAST);
        try (RaftEngine engine = RatisEngine.open(restarted, kept)) {
            awaitLead(engine);
            assertEquals(entries(25), kept.entries());
            assertEquals(List.of(moved), engine.members());
            applied(propose(engine, "alone"));
        }
        Ledger again = new Ledger();
        try (RaftEngine engine = RatisEngine.open(restarted, again)) {
            awaitLead(engine);
            assertEquals(26, again.entries().size());
            assertEquals(List.of(moved), engine.members());
        }
    }

    private static RaftEngine leader(List<RaftEngine> engines) {
        Awaitility.await().until(() -> engines.stream().anyMatch(engine -> engine.leadership().leads()));
        return engines.stream().filter(engine -> engine.leadership().leads()).findFirst().orElseThrow();
    }

    @Test
    void withoutAnythingToGoOnWithNothingIsChanged() throws IOException {
        Member self = Nodes.member("n1");
        assertEquals(ErrorCode.NOT_FOUND,
                assertThrows(JorchException.class, () -> ForceNewCluster.run(folder.resolve("raft"), self)).code());
        Path group = folder.resolve("raft").resolve("b6222de3-c4a9-82a3-90d3-d93fd8eb5fa0");
        LogBuilder.write(group, "log_inprogress_50", new LogBuilder(50).entry(new byte[]{1}).bytes(0));
        assertEquals(ErrorCode.CORRUPT,
                assertThrows(JorchException.class, () -> ForceNewCluster.run(folder.resolve("raft"), self)).code());
        assertTrue(Files.exists(group.resolve("current/log_inprogress_50")));
        assertEquals(1, folder.toFile().list().length, "no half copy may stay behind");
    }
}
