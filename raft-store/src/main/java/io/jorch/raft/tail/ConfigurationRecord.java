package io.jorch.raft.tail;

import io.jorch.raft.engine.Member;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Writes the log record that makes one member the only one (`LogEntryProto` with a `RaftConfigurationProto`).
final class ConfigurationRecord {

    private static final int NUMBER = 0;
    private static final int BYTES = 2;
    private static final int TERM_FIELD = 1;
    private static final int INDEX_FIELD = 2;
    private static final int CONFIGURATION_FIELD = 4;
    private static final int PEERS_FIELD = 1;
    private static final int ID_FIELD = 1;
    private static final int ADDRESS_FIELD = 2;

    private ConfigurationRecord() {
    }

    static byte[] soleMember(long term, long index, Member member) {
        ByteArrayOutputStream peer = new ByteArrayOutputStream();
        bytes(peer, ID_FIELD, member.id().getBytes(StandardCharsets.UTF_8));
        bytes(peer, ADDRESS_FIELD, member.address().getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream configuration = new ByteArrayOutputStream();
        bytes(configuration, PEERS_FIELD, peer.toByteArray());
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        number(entry, TERM_FIELD, term);
        number(entry, INDEX_FIELD, index);
        bytes(entry, CONFIGURATION_FIELD, configuration.toByteArray());
        return record(entry.toByteArray());
    }

    static byte[] record(byte[] entry) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        Varint.write(record, entry.length);
        record.writeBytes(entry);
        CRC32C checksum = new CRC32C();
        checksum.update(record.toByteArray());
        record.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array());
        return record.toByteArray();
    }

    static void number(ByteArrayOutputStream out, int field, long value) {
        Varint.write(out, (long) field << 3 | NUMBER);
        Varint.write(out, value);
    }

    static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        Varint.write(out, (long) field << 3 | BYTES);
        Varint.write(out, value.length);
        out.writeBytes(value);
    }
}
