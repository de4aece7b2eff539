package io.jorch.raft.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one log file holds: a run of sound records, then nothing but zeros, or damage.
///
/// @param goodBytes   length of the sound part, header included
/// @param nextIndex   index after the last sound record
/// @param lastTerm    term of the last sound record, or [LogRecord#NONE]
/// @param commitIndex the highest index that a sound record of the file (also behind the damage) tells to be committed
/// @param padding     bytes of zeros after the sound part, when nothing is damaged
/// @param damage      what follows the sound part, or null
record SegmentScan(int goodBytes, long nextIndex, long lastTerm, long commitIndex, int padding,
        @Nullable Damage damage) {

    static final int SECTOR = 512;

    /// @param torn         it looks like a write that didn't reach the disk as a whole: the file ends within the record, or
    ///                     a sector of it is still zero
    /// @param laterRecords sound records found behind it
    /// @param what         for people
    record Damage(boolean torn, int laterRecords, String what) {
    }

    static SegmentScan of(SegmentFile segment) throws IOException {
        byte[] file = Files.readAllBytes(segment.path());
        int header = SegmentFile.HEADER.length;
        if (file.length < header || !Arrays.equals(file, 0, header, SegmentFile.HEADER, 0, header)) {
            return new SegmentScan(0, segment.first(), LogRecord.NONE, LogRecord.NONE, 0, headerDamage(file));
        }
        int offset = header;
        long next = segment.first();
        long term = LogRecord.NONE;
        long commit = LogRecord.NONE;
        while (true) {
            Optional<LogRecord> found = LogRecord.parse(file, offset);
            if (found.isEmpty() || found.get().index() != next) {
                break;
            }
            LogRecord record = found.get();
            offset += record.length();
            next++;
            term = record.term();
            commit = Math.max(commit, record.commitIndex());
        }
        if (isZero(file, offset, file.length)) {
            return new SegmentScan(offset, next, term, commit, file.length - offset, null);
        }
        return damaged(file, offset, next, term, commit);
    }

    /// A file that was just made: its header never reached the disk, so no record can have.
    private static Damage headerDamage(byte[] file) {
        byte[] header = SegmentFile.HEADER;
        boolean prefix = file.length < header.length && Arrays.equals(file, 0, file.length, header, 0, file.length);
        return new Damage(prefix || isZero(file, 0, file.length), 0, "its header is damaged");
    }

    private static SegmentScan damaged(byte[] file, int offset, long next, long term, long commit) {
        int later = 0;
        long committed = commit;
        int at = offset + 1;
        while (at < file.length) {
            Optional<LogRecord> found = LogRecord.mayBegin(file, at) ? LogRecord.parse(file, at) : Optional.empty();
            if (found.isPresent() && found.get().index() >= next) {
                later++;
                committed = Math.max(committed, found.get().commitIndex());
                at += found.get().length();
            } else {
                at++;
            }
        }
        return new SegmentScan(offset, next, term, committed, 0, damage(file, offset, later));
    }

    private static Damage damage(byte[] file, int offset, int later) {
        Varint length = Varint.read(file, offset, file.length);
        if (length == null || length.value() > file.length - length.end() - LogRecord.CHECKSUM) {
            // With sound records behind it, it is the length that is wrong, not the end of the file.
            return new Damage(later == 0, later, "the file ends within the record");
        }
        int end = length.value() <= 0 ? offset + 1 : length.end() + (int) length.value() + LogRecord.CHECKSUM;
        return hasZeroSector(file, offset, end)
                ? new Damage(true, later, "a sector of the record was never written")
                : new Damage(false, later, "the record does not match its checksum");
    }

    /// Whether one of the sectors that the record touches holds only zeros from the record's start on: what a disk that
    /// lost its power leaves, since it writes whole sectors.
    private static boolean hasZeroSector(byte[] file, int offset, int end) {
        for (int from = offset; from < end; from = (from / SECTOR + 1) * SECTOR) {
            int sectorEnd = Math.min((from / SECTOR + 1) * SECTOR, file.length);
            if (isZero(file, from, sectorEnd)) {
                return true;
            }
        }
        return false;
    }

    static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
