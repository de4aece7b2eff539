package io.jorch.raft.tail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Indexes 0–9 are committed and known to be; 10–13 are a batch whose fsync never returned.
@Timeout(60)
final class TailCheckTest {

    private static final int PADDING = 64 << 10;
    private static final long FIRST_UNSURE = 11;

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    private byte[] data(int length) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        return data;
    }

    private LogBuilder log() {
        LogBuilder log = new LogBuilder(0);
        for (int i = 0; i < 10; i++) {
            log.entry(data(700));
        }
        log.committed(9);
        for (int i = 0; i < 3; i++) {
            log.entry(data(1_500));
        }
        return log;
    }

    private TailCheck.Result check(byte[] content) throws IOException {
        LogBuilder.write(folder, "log_inprogress_0", content);
        return TailCheck.run(folder);
    }

    private JorchException refused(byte[] content) throws IOException {
        Path file = LogBuilder.write(folder, "log_inprogress_0", content);
        JorchException failure = assertThrows(JorchException.class, () -> TailCheck.run(folder));
        assertEquals(ErrorCode.CORRUPT, failure.code());
        assertArrayEquals(content, Files.readAllBytes(file), "a refused log must stay as it is");
        return failure;
    }

    @Test
    void aSoundLogIsLeftAlone() throws IOException {
        LogBuilder log = log();
        assertEquals(new TailCheck.Result(0, log.next()), check(log.bytes(PADDING)));
        assertEquals(log.size() + PADDING, Files.size(folder.resolve("current/log_inprogress_0")));
    }

    @Test
    void noLogIsSoundToo() throws IOException {
        assertEquals(new TailCheck.Result(0, 0), TailCheck.run(folder.resolve("absent")));
    }

    @Test
    void aRecordWithAZeroSectorIsCut() throws IOException {
        LogBuilder log = log();
        byte[] content = log.bytes(PADDING);
        int lastSector = (log.size() - 1) / SegmentScan.SECTOR * SegmentScan.SECTOR;
        Arrays.fill(content, lastSector - SegmentScan.SECTOR, lastSector, (byte) 0);

        TailCheck.Result result = check(content);

        assertEquals(13, result.nextIndex());
        assertEquals(log.offset(13), Files.size(folder.resolve("current/log_inprogress_0")));
        assertEquals(new TailCheck.Result(0, 13), TailCheck.run(folder));
    }

    @Test
    void aTornBatchIsCutFromItsFirstTornRecordOn() throws IOException {
        LogBuilder log = log();
        byte[] content = log.bytes(PADDING);
        for (long index = FIRST_UNSURE; index < log.next(); index++) {
            int sector = (log.offset(index) / SegmentScan.SECTOR + 1) * SegmentScan.SECTOR;
            Arrays.fill(content, sector, sector + SegmentScan.SECTOR, (byte) 0);
        }
        assertEquals(FIRST_UNSURE, check(content).nextIndex());
    }

    @Test
    void aTornRecordWithASoundOneBehindItIsRefused() throws IOException {
        LogBuilder log = log();
        byte[] content = log.bytes(PADDING);
        int sector = (log.offset(12) / SegmentScan.SECTOR + 1) * SegmentScan.SECTOR;
        Arrays.fill(content, sector, sector + SegmentScan.SECTOR, (byte) 0);

        assertTrue(refused(content).getMessage().contains("index 12"));
    }

    @Test
    void aRecordThatIsCutShortIsCut() throws IOException {
        LogBuilder log = log();
        assertEquals(13, check(Arrays.copyOf(log.bytes(0), log.size() - 100)).nextIndex());
    }

    @Test
    void theSameDamageBelowAKnownCommitIsRefused() throws IOException {
        LogBuilder log = log().committed(14).entry(data(1_500));
        byte[] content = log.bytes(PADDING);
        int sector = (log.offset(15) / SegmentScan.SECTOR + 1) * SegmentScan.SECTOR;
        Arrays.fill(content, sector, sector + SegmentScan.SECTOR, (byte) 0);
        assertEquals(15, check(content).nextIndex());

        LogBuilder.write(folder, "log_0-13", log().bytes(0));
        LogBuilder committed = new LogBuilder(14).entry(data(1_500)).committed(16).entry(data(1_500));
        byte[] torn = committed.bytes(PADDING);
        sector = (committed.offset(16) / SegmentScan.SECTOR + 1) * SegmentScan.SECTOR;
        Arrays.fill(torn, sector, sector + SegmentScan.SECTOR, (byte) 0);
        Files.delete(folder.resolve("current/log_inprogress_0"));
        LogBuilder.write(folder, "log_inprogress_14", torn);
        String message = assertThrows(JorchException.class, () -> TailCheck.run(folder)).getMessage();

        assertTrue(message.contains("log_inprogress_14 at offset " + committed.offset(16) + ", index 16"), message);
        assertTrue(message.contains("jorch init --force-new-cluster"), message);
    }

    @Test
    void theSameDamageBelowASnapshotIsRefused() throws IOException {
        LogBuilder log = log();
        byte[] content = log.bytes(PADDING);
        int sector = (log.offset(13) / SegmentScan.SECTOR + 1) * SegmentScan.SECTOR;
        Arrays.fill(content, sector, sector + SegmentScan.SECTOR, (byte) 0);
        Files.createDirectories(folder.resolve("sm"));
        Files.createFile(folder.resolve("sm/snapshot.3_13"));

        refused(content);
    }

    @Test
    void aChangedByteIsRefusedAlsoInTheLastRecord() throws IOException {
        LogBuilder log = log();
        byte[] content = log.bytes(PADDING);
        content[log.size() - 50] ^= 0x40;
        assertTrue(refused(content).getMessage().contains("index 13"));
    }

    @Test
    void garbageAfterTheLastRecordIsRefused() throws IOException {
        LogBuilder log = log();
        byte[] content = log.bytes(PADDING);
        System.arraycopy(data(2_000), 0, content, log.size(), 2_000);
        content[log.size()] = 5;
        assertTrue(refused(content).getMessage().contains("index 14"));
    }

    @Test
    void aDamagedLengthInTheMiddleIsNotTakenForTheEnd() throws IOException {
        LogBuilder log = log();
        byte[] content = log.bytes(0);
        content[log.offset(12) + 1] = (byte) 0x7f;
        assertTrue(refused(content).getMessage().contains("index 12"));
    }

    @Test
    void damageInAClosedFileIsRefused() throws IOException {
        LogBuilder closed = log();
        byte[] content = closed.bytes(0);
        Arrays.fill(content, content.length - 300, content.length, (byte) 0);
        LogBuilder.write(folder, "log_0-13", content);
        LogBuilder.write(folder, "log_inprogress_14", new LogBuilder(14).entry(data(10)).bytes(PADDING));
        assertThrows(JorchException.class, () -> TailCheck.run(folder));
    }

    @Test
    void aClosedFileThatEndsEarlyIsRefused() throws IOException {
        LogBuilder.write(folder, "log_0-20", log().bytes(0));
        JorchException failure = assertThrows(JorchException.class, () -> TailCheck.run(folder));
        assertTrue(failure.getMessage().contains("index 14"), failure.getMessage());
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        LogBuilder.write(folder, "log_0-13", log().bytes(0));
        LogBuilder.write(folder, "log_inprogress_16", new LogBuilder(16).entry(data(10)).bytes(0));
        JorchException failure = assertThrows(JorchException.class, () -> TailCheck.run(folder));
        assertTrue(failure.getMessage().contains("from 14 to 15"), failure.getMessage());
    }

    @Test
    void aNewFileWithoutItsHeaderIsRemoved() throws IOException {
        LogBuilder.write(folder, "log_0-13", log().bytes(0));
        LogBuilder.write(folder, "log_inprogress_14", new byte[4_096]);
        assertEquals(14, TailCheck.run(folder).nextIndex());
        assertFalse(Files.exists(folder.resolve("current/log_inprogress_14")));
    }

    /// Whatever happens to the disk: the check refuses, or everything that is known to be committed is still there and
    /// nothing but an unsure entry is gone.
    @Test
    void whateverIsDamagedNothingCommittedIsEverCut() throws IOException {
        long seed = Long.getLong("jorch.seed", System.nanoTime());
        System.out.println("TailCheckTest seed=" + seed);
        Random dice = new Random(seed);
        int cut = 0;
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            LogBuilder log = log();
            int padding = dice.nextBoolean() ? PADDING : 0;
            byte[] content = damage(dice, log, log.bytes(padding));
            Path file = LogBuilder.write(folder, "log_inprogress_0", content);
            try {
                TailCheck.Result result = TailCheck.run(folder);
                String what = "seed=" + seed + " round=" + round + " " + result;
                assertTrue(result.nextIndex() >= FIRST_UNSURE - 1, what);
                long kept = Files.size(file);
                assertTrue(Arrays.equals(content, 0, (int) kept, Files.readAllBytes(file), 0, (int) kept), what);
                assertEquals(new TailCheck.Result(0, result.nextIndex()), TailCheck.run(folder), what);
                cut += result.cutBytes() > 0 ? 1 : 0;
            } catch (JorchException e) {
                refused++;
                assertArrayEquals(content, Files.readAllBytes(file));
            }
        }
        assertTrue(cut > 20 && refused > 20, "both must have happened, cut=" + cut + " refused=" + refused);
    }

    private static byte[] damage(Random dice, LogBuilder log, byte[] content) {
        return switch (dice.nextInt(3)) {
            case 0 -> {
                // Ratis truncates nothing below the last record, a file system may: only the unsure part is at stake.
                int from = log.offset(FIRST_UNSURE);
                yield Arrays.copyOf(content, from + dice.nextInt(log.size() - from));
            }
            case 1 -> {
                int sectors = log.size() / SegmentScan.SECTOR;
                int from = dice.nextInt(sectors) * SegmentScan.SECTOR;
                int to = Math.min(content.length, from + SegmentScan.SECTOR * (1 + dice.nextInt(3)));
                Arrays.fill(content, from, to, (byte) 0);
                yield content;
            }
            default -> {
                for (int i = 0; i <= dice.nextInt(4); i++) {
                    content[dice.nextInt(log.size())] ^= (byte) (1 + dice.nextInt(255));
                }
                yield content;
            }
        };
    }
}
