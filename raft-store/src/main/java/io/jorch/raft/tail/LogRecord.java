package io.jorch.raft.tail;

import java.util.Optional;
import java.util.zip.CRC32C;

/// One whole record with the right checksum.
///
/// @param length      bytes in the file
/// @param index       place in the log
/// @param term        term of its leader
/// @param commitIndex for an entry that tells how far the log was committed, that index; else [#NONE]
record LogRecord(int length, long index, long term, long commitIndex) {

    static final long NONE = -1;
    static final int CHECKSUM = 4;
    private static final int TERM_FIELD = 1;
    private static final int INDEX_FIELD = 2;
    private static final int METADATA_FIELD = 5;
    private static final int COMMIT_FIELD = 1;

    /// The record at `offset`, or empty if there is no sound one.
    static Optional<LogRecord> parse(byte[] file, int offset) {
        Varint length = Varint.read(file, offset, file.length);
        if (length == null || length.value() <= 0 || length.value() > file.length - length.end() - CHECKSUM) {
            return Optional.empty();
        }
        int entryEnd = length.end() + (int) length.value();
        CRC32C checksum = new CRC32C();
        checksum.update(file, offset, entryEnd - offset);
        if ((int) checksum.getValue() != bigEndian(file, entryEnd)) {
            return Optional.empty();
        }
        return Optional.of(fields(file, length.end(), entryEnd, entryEnd + CHECKSUM - offset));
    }

    /// A quick look before the checksum is computed: every entry begins with its term and its index.
    static boolean mayBegin(byte[] file, int offset) {
        Varint length = Varint.read(file, offset, file.length);
        if (length == null || length.value() <= 0 || length.end() >= file.length
                || file[length.end()] != (TERM_FIELD << 3)) {
            return false;
        }
        Varint term = Varint.read(file, length.end() + 1, file.length);
        return term != null && term.end() < file.length && file[term.end()] == (INDEX_FIELD << 3);
    }

    private static LogRecord fields(byte[] file, int start, int end, int recordLength) {
        long term = 0;
        long index = 0;
        long commitIndex = NONE;
        ProtoFields fields = new ProtoFields(file, start, end);
        while (fields.next()) {
            switch (fields.number()) {
                case TERM_FIELD -> term = fields.value();
                case INDEX_FIELD -> index = fields.value();
                case METADATA_FIELD -> commitIndex = commitIndex(file, fields.start(), fields.end());
                default -> {
                    // the body of another kind of entry
                }
            }
        }
        return new LogRecord(recordLength, index, term, commitIndex);
    }

    private static long commitIndex(byte[] file, int start, int end) {
        ProtoFields fields = new ProtoFields(file, start, end);
        long commitIndex = 0;
        while (fields.next()) {
            if (fields.number() == COMMIT_FIELD) {
                commitIndex = fields.value();
            }
        }
        return commitIndex;
    }

    private static int bigEndian(byte[] file, int at) {
        return (file[at] & 0xff) << 24 | (file[at + 1] & 0xff) << 16 | (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
    }
}
