package io.jorch.raft.tail;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sure that the engine opens a sound log, or doesn't open it.
///
/// The last record of the open file is cut if it looks like a torn write, no sound record follows it, *and* neither a
/// record nor a snapshot tells that its index was committed. Anything else is refused: a member that silently drops what
/// it has acknowledged can take acknowledged writes with it. (Sound records behind a torn one can be the rest of a batch
/// that was never synced. They look the same on a disk that lost what it had confirmed, so they are refused too.)
public final class TailCheck {

    private static final Logger LOG = LoggerFactory.getLogger(TailCheck.class);

    private TailCheck() {
    }

    /// What was done.
    ///
    /// @param cutBytes  bytes that were cut off, 0 as a rule
    /// @param nextIndex index after the last sound record, or 0 if there is no log
    public record Result(long cutBytes, long nextIndex) {
    }

    /// @param group the folder of one group, `DATA/raft/UUID`; it may be absent
    /// @throws JorchException `CORRUPT` if there is damage that must not be cut; nothing has been changed then
    public static Result run(Path group) throws IOException {
        List<SegmentFile> files = SegmentFile.list(group.resolve("current"));
        long expected = files.isEmpty() ? 0 : files.getFirst().first();
        long committed = SnapshotOnDisk.newestIndex(group.resolve("sm"));
        for (SegmentFile file : files) {
            boolean lastFile = file == files.getLast();
            SegmentScan scan = SegmentScan.of(file);
            committed = Math.max(committed, scan.commitIndex());
            if (file.first() != expected) {
                throw refuse(group, file, 0, expected, "the records from " + expected + " to " + (file.first() - 1)
                        + " are missing");
            }
            SegmentScan.Damage damage = scan.damage();
            if (damage != null) {
                if (!file.open() || !lastFile || !damage.torn() || damage.laterRecords() > 0
                        || committed >= scan.nextIndex()) {
                    throw refuse(group, file, scan.goodBytes(), scan.nextIndex(), damage.what());
                }
                return new Result(cut(file, scan), scan.nextIndex());
            }
            if (file.last().isPresent() && scan.nextIndex() != file.last().getAsLong() + 1) {
                throw refuse(group, file, scan.goodBytes(), scan.nextIndex(), "the file ends before its last record");
            }
            expected = scan.nextIndex();
        }
        return new Result(0, expected);
    }

    private static long cut(SegmentFile file, SegmentScan scan) throws IOException {
        long size = Files.size(file.path());
        SegmentScan.Damage damage = scan.damage();
        LOG.warn("event=tail-cut file={} offset={} index={} bytes={} reason=\"{}\"", file.path(), scan.goodBytes(),
                scan.nextIndex(), size - scan.goodBytes(), damage == null ? "" : damage.what());
        if (scan.nextIndex() == file.first()) {
            Files.delete(file.path());
            Durable.force(file.path().toAbsolutePath().getParent());
        } else {
            try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
                channel.truncate(scan.goodBytes());
                channel.force(true);
            }
        }
        return size - scan.goodBytes();
    }

    private static JorchException refuse(Path group, SegmentFile file, long offset, long index, String what) {
        Path folder = group.toAbsolutePath().getParent();
        return new JorchException(ErrorCode.CORRUPT, "the Raft log is damaged: " + file.path() + " at offset " + offset
                + ", index " + index + ": " + what + ". If other managers have a majority, remove this one, wipe " + folder
                + " and join it again under a new id; if this is the only one, `jorch init --force-new-cluster` saves the old "
                + "log and goes on with what is before the damage");
    }
}
