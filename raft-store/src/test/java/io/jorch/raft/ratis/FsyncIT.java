package io.jorch.raft.ratis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.raft.engine.Nodes;
import io.jorch.raft.seal.DataKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is on the disk, not in the page cache: seen from the system calls (needs strace).
final class FsyncIT {

    private static final int WRITES = 20;

    @TempDir
    Path folder;

    @Test
    @Timeout(100)
    void everyAcknowledgedWriteWasSyncedBefore() throws Exception {
        Path trace = folder.resolve("trace");
        List<String> strace = List.of("strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-e", "signal=none", "-o",
                trace.toString());
        MemberHandle member = MemberHandle.start(strace, "n1", folder.resolve("n1"), 10_000,
                HexFormat.of().formatHex(DataKeys.random().encode()), Map.of("n1", Nodes.member("n1").port()));
        try {
            member.awaitStarted();
            Awaitility.await().until(() -> member.ask("leader").get(20, TimeUnit.SECONDS).equals("true"));
            for (int i = 0; i < WRITES; i++) {
                long before = settledSyncs(trace);
                String answer = member.ask("propose entry-" + i).get(20, TimeUnit.SECONDS);
                assertTrue(answer.startsWith("applied"), answer);
                assertTrue(syncs(trace) > before, "write " + i + " was acknowledged without an fsync");
            }
        } finally {
            member.finish();
        }
    }

    /// Ratis notes the commit after it has acknowledged; that sync must not be taken for one of the next write.
    private static long settledSyncs(Path trace) {
        long[] seen = {-1};
        return Awaitility.await().pollInterval(Duration.ofMillis(150)).until(() -> {
            long now = syncs(trace);
            boolean settled = now == seen[0];
            seen[0] = now;
            return settled ? now : -1;
        }, count -> count >= 0);
    }

    private static long syncs(Path trace) throws Exception {
        try (Stream<String> lines = Files.lines(trace)) {
            return lines.filter(line -> line.contains("sync(")).count();
        }
    }
}
