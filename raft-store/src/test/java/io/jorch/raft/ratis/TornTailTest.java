package io.jorch.raft.ratis;

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
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The fault with Ratis alone, then the cure by the check, on a log that Ratis wrote.
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
final class TornTailTest {

    private static final int SECTOR = 512;

    @TempDir
    Path folder;

    private EngineConfig config;
    private Path log;
    private long end;

    @BeforeEach
    void writeALog() throws Exception {
        config = EngineConfig.first(Nodes.CLUSTER, Nodes.member("n1"), folder.resolve("raft")).withTiming(Nodes.FAST);
        try (RaftEngine engine = RatisEngine.open(config, new Ledger())) {
            awaitLead(engine);
            applied(propose(engine, "a"));
            applied(propose(engine, "b"));
        }
        try (Stream<Path> all = Files.walk(folder)) {
            log = all.filter(path -> path.getFileName().toString().startsWith("log_inprogress")).findFirst()
                    .orElseThrow();
        }
        end = Files.size(log);
    }

    /// A record of 2,000 bytes begins, but of its sectors only every second one was written.
    private void tear() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            end = lastRecordEnd(file);
            file.setLength(end + 64 * 1024);
            file.seek(end);
            byte[] torn = new byte[2_000];
            Arrays.fill(torn, (byte) 0x55);
            torn[0] = (byte) 0xcc;
            torn[1] = 0x0f;
            file.write(torn);
            long sector = (end / SECTOR + 1) * SECTOR;
            file.seek(sector);
            file.write(new byte[SECTOR]);
        }
    }

    private static long lastRecordEnd(RandomAccessFile file) throws IOException {
        long last = file.length();
        for (int octet = 0; octet == 0; last--) {
            file.seek(last - 1);
            octet = file.read();
        }
        return last + 1;
    }

    @Test
    void ratisAloneRefusesATornTailAndTheCheckCutsIt() throws Exception {
        tear();
        assertThrows(CompletionException.class, () -> RatisEngine.openUnchecked(config, new Ledger()));

        Ledger recovered = new Ledger();
        try (RaftEngine engine = RatisEngine.open(config, recovered)) {
            awaitLead(engine);
            assertEquals(List.of("a", "b"), recovered.entries());
            applied(propose(engine, "c"));
        }
    }

    @Test
    void ratisAloneDropsAcknowledgedEntriesWhenALengthIsDamagedAndTheCheckRefuses() throws Exception {
        byte[] bytes = Files.readAllBytes(log);
        int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("JRE");
        // The record of "a": its length is the byte before the term (tag 8) of its entry.
        int start = entry;
        while (!(bytes[start] == 8 && bytes[start + 2] == 16)) {
            start--;
        }
        byte[] damaged = Arrays.copyOf(bytes, (int) end);
        damaged[start - 1] = 0x7f;
        while (damaged.length - start > 0x70) {
            damaged = Arrays.copyOf(damaged, damaged.length - 1);
        }
        Files.write(log, damaged);

        JorchException refused = assertThrows(JorchException.class, () -> RatisEngine.open(config, new Ledger()));
        assertEquals(ErrorCode.CORRUPT, refused.code());
        assertTrue(refused.getMessage().contains("index 1"), refused.getMessage());

        Ledger lost = new Ledger();
        try (RaftEngine engine = RatisEngine.openUnchecked(config, lost)) {
            awaitLead(engine);
            assertEquals(List.of(), lost.entries(), "Ratis takes the damaged length for the end of the log");
        }
    }

    @Test
    void garbageIsRefusedByBoth() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(lastRecordEnd(file) - 1);
            int octet = file.read();
            file.seek(file.getFilePointer() - 1);
            file.write(octet ^ 0x80);
        }
        assertThrows(CompletionException.class, () -> RatisEngine.openUnchecked(config, new Ledger()));
        JorchException refused = assertThrows(JorchException.class, () -> RatisEngine.open(config, new Ledger()));
        assertEquals(ErrorCode.CORRUPT, refused.code());
    }
}
