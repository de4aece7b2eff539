package io.jorch.raft.tail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes log files as Ratis does, record by record.
final class LogBuilder {

    private static final int STATE_MACHINE_FIELD = 3;
    private static final int METADATA_FIELD = 5;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();
    private final long first;
    private long next;

    LogBuilder(long first) {
        this.first = first;
        this.next = first;
        file.writeBytes(SegmentFile.HEADER);
    }

    LogBuilder entry(byte[] data) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ConfigurationRecord.bytes(body, 1, data);
        return append(STATE_MACHINE_FIELD, body.toByteArray());
    }

    LogBuilder committed(long index) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ConfigurationRecord.number(body, 1, index);
        return append(METADATA_FIELD, body.toByteArray());
    }

    private LogBuilder append(int field, byte[] body) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        ConfigurationRecord.number(entry, 1, 3);
        ConfigurationRecord.number(entry, 2, next);
        ConfigurationRecord.bytes(entry, field, body);
        offsets.add(file.size());
        file.writeBytes(ConfigurationRecord.record(entry.toByteArray()));
        next++;
        return this;
    }

    long next() {
        return next;
    }

    int size() {
        return file.size();
    }

    /// Where the record of this index begins.
    int offset(long index) {
        return offsets.get((int) (index - first));
    }

    byte[] bytes(int padding) {
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.writeBytes(file.toByteArray());
        padded.writeBytes(new byte[padding]);
        return padded.toByteArray();
    }

    static Path write(Path group, String name, byte[] content) throws IOException {
        Path current = group.resolve("current");
        Files.createDirectories(current);
        return Files.write(current.resolve(name), content);
    }
}
