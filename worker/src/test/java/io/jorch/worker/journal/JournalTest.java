package io.jorch.worker.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.worker.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("worker-journal");
    }

    private static TaskStatus status(TaskState state) {
        return new TaskStatus(state, NOW, "words", "", state == TaskState.RUNNING, "c0ffee", 42L, null);
    }

    @Test
    void whatWasWrittenIsThereAgain() {
        try (Journal journal = Journal.open(folder)) {
            journal.append(new JournalRecord.Assigned(Samples.task("t1", TaskState.READY), "boot"));
            journal.append(new JournalRecord.Assigned(Samples.task("t2", TaskState.RUNNING), "boot"));
            journal.append(new JournalRecord.Observed("t1", status(TaskState.RUNNING)));
            journal.append(new JournalRecord.Desired("t1", TaskState.SHUTDOWN));
            journal.append(new JournalRecord.Removing("t2"));
        }
        try (Journal journal = Journal.open(folder)) {
            JournalEntry first = journal.entries().get("t1");
            assertEquals(status(TaskState.RUNNING), first.status());
            assertEquals(TaskState.SHUTDOWN, first.desired());
            assertEquals("boot", first.bootId());
            assertEquals(TaskState.REMOVE, journal.entries().get("t2").desired());
            journal.append(new JournalRecord.Forgotten("t1"));
            assertEquals(1, journal.entries().size());
        }
    }

    @Test
    void anAssignmentThatIsToldAgainKeepsItsBootAndStatus() {
        try (Journal journal = Journal.open(folder)) {
            journal.append(new JournalRecord.Assigned(Samples.task("t1", TaskState.READY), "first"));
            journal.append(new JournalRecord.Observed("t1", status(TaskState.RUNNING)));
            journal.append(new JournalRecord.Assigned(Samples.task("t1", TaskState.RUNNING), "second"));
            assertEquals("first", journal.entries().get("t1").bootId());
            assertEquals(TaskState.RUNNING, journal.entries().get("t1").status().state());
        }
    }

    @Test
    void aForeignFileIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(file(), "something else entirely");
        JorchException refused = assertThrows(JorchException.class, () -> Journal.open(folder));
        assertEquals(ErrorCode.CORRUPT, refused.code());
        assertEquals("something else entirely", Files.readString(file()));
    }

    @Test
    void aNewerVersionIsRefused() throws IOException {
        byte[] newer = JournalFormat.header();
        newer[4] = 2;
        Files.write(file(), newer);
        assertEquals(ErrorCode.UNSUPPORTED, assertThrows(JorchException.class, () -> Journal.open(folder)).code());
    }

    @Test
    void aJournalThatGrewIsReplacedByOneThatSaysTheSame() throws IOException {
        SortedMap<String, JournalEntry> before;
        try (Journal journal = Journal.open(folder)) {
            for (int round = 0; round < 3000; round++) {
                String id = "task" + round % 7;
                journal.append(new JournalRecord.Assigned(Samples.task(id, TaskState.RUNNING), "boot"));
                journal.append(new JournalRecord.Observed(id, status(TaskState.RUNNING)));
                if (round % 5 == 0) {
                    journal.append(new JournalRecord.Forgotten(id));
                }
                journal.write();
            }
            before = new TreeMap<>(journal.entries());
        }
        assertTrue(Files.size(file()) < 1_500_000, "size " + Files.size(file()));
        assertFalse(Files.exists(folder.resolve("worker-journal.new")));
        try (Journal journal = Journal.open(folder)) {
            assertEquals(before, journal.entries());
        }
    }

    /// Whatever the byte at which the machine stops: what was synced is there, and what is there is what was said up
    /// to some moment.
    @Test
    void aCrashAtAnyByteKeepsWhatWasSynced() throws IOException {
        Random random = new Random(20260131);
        for (int run = 0; run < 60; run++) {
            Files.deleteIfExists(file());
            List<Map<String, JournalEntry>> moments = new ArrayList<>();
            int syncedMoment = 0;
            long syncedSize = 0;
            try (Journal journal = Journal.open(folder)) {
                moments.add(Map.of());
                syncedSize = Files.size(file());
                for (int step = 0; step < 25; step++) {
                    journal.append(record(random));
                    moments.add(new TreeMap<>(journal.entries()));
                    if (random.nextInt(4) == 0) {
                        journal.sync();
                        syncedMoment = moments.size() - 1;
                        syncedSize = Files.size(file());
                    }
                }
            }
            byte[] whole = Files.readAllBytes(file());
            int cut = (int) syncedSize + random.nextInt(whole.length - (int) syncedSize + 1);
            byte[] torn = java.util.Arrays.copyOf(whole, Math.min(whole.length, cut + random.nextInt(40)));
            for (int index = cut; index < torn.length; index++) {
                torn[index] = (byte) random.nextInt();
            }
            Files.write(file(), torn);
            if (random.nextBoolean()) {
                Files.write(folder.resolve("worker-journal.new"), new byte[random.nextInt(100)]);
            }
            try (Journal journal = Journal.open(folder)) {
                TreeMap<String, JournalEntry> found = new TreeMap<>(journal.entries());
                assertTrue(moments.subList(syncedMoment, moments.size()).contains(found),
                        "run " + run + " cut at " + cut + " of " + whole.length);
                journal.append(new JournalRecord.Assigned(Samples.task("later", TaskState.READY), "boot"));
            }
            try (Journal journal = Journal.open(folder)) {
                assertTrue(journal.entries().containsKey("later"), "a cut journal goes on");
            }
        }
    }

    private static JournalRecord record(Random random) {
        String id = "task" + random.nextInt(4);
        return switch (random.nextInt(5)) {
            case 0, 1 -> new JournalRecord.Assigned(Samples.task(id, TaskState.RUNNING), "boot" + random.nextInt(2));
            case 2 -> new JournalRecord.Observed(id, status(TaskState.values()[4 + random.nextInt(6)]));
            case 3 -> random.nextBoolean()
                    ? new JournalRecord.Desired(id, TaskState.SHUTDOWN)
                    : new JournalRecord.Removing(id);
            default -> new JournalRecord.Forgotten(id);
        };
    }

    @Test
    void theGoldenFileStaysReadable() throws IOException {
        List<JournalRecord> records = List.of(
                new JournalRecord.Assigned(Samples.task("t1", TaskState.READY), "boot"),
                new JournalRecord.Desired("t1", TaskState.RUNNING),
                new JournalRecord.Observed("t1", status(TaskState.RUNNING)),
                new JournalRecord.Assigned(Samples.task("t2", TaskState.READY), "boot"),
                new JournalRecord.Removing("t2"), new JournalRecord.Forgotten("t3"));
        byte[] golden;
        try (java.io.InputStream stream = JournalTest.class.getResourceAsStream("/golden/worker-journal-1.bin")) {
            assertTrue(stream != null, "golden file is missing");
            golden = stream.readAllBytes();
        }
        JournalTable table = new JournalTable();
        assertEquals(golden.length, JournalFormat.decode(golden, table));
        JournalTable expected = new JournalTable();
        records.forEach(expected::apply);
        assertEquals(expected.view(), table.view());
        org.junit.jupiter.api.Assertions.assertArrayEquals(golden, JournalFormat.encode(records),
                "what is written now differs from version 1: raise the version");
    }
}
