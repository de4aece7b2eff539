package io.jorch.worker.journal;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/// A journal's bytes: magic `JWJL`, version (1 byte), three zeros; then records, each: length of the body (4 bytes, big
/// endian), CRC32C of the body (4 bytes), body (a [JournalRecord] as JSON). Fields that a version doesn't know are
/// passed over.
final class JournalFormat {
    static final byte VERSION = 1;
    static final int HEADER = 8;
    private static final int RECORD_HEADER = 8;
    private static final byte[] MAGIC = {'J', 'W', 'J', 'L'};

    private JournalFormat() {
    }

    static byte[] header() {
        return ByteBuffer.allocate(HEADER).put(MAGIC).put(VERSION).array();
    }

    static byte[] encode(JournalRecord record) {
        byte[] body = Json.write(record);
        return ByteBuffer.allocate(RECORD_HEADER + body.length).putInt(body.length).putInt(checksum(body, 0, body.length))
                .put(body).array();
    }

    static byte[] encode(List<JournalRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header());
        records.forEach(record -> bytes.writeBytes(encode(record)));
        return bytes.toByteArray();
    }

    /// Folds a file's records into a table, up to the first one that is torn.
    ///
    /// @return how many bytes were good; fewer than the file has: the rest was being written when the machine stopped
    /// @throws JorchException CORRUPT when it is no journal, UNSUPPORTED when its version is newer
    static int decode(byte[] file, JournalTable into) {
        if (file.length < HEADER) {
            return 0; // the machine stopped while the journal was made: nothing was ever started from it
        }
        for (int index = 0; index < MAGIC.length; index++) {
            if (file[index] != MAGIC[index]) {
                throw new JorchException(ErrorCode.CORRUPT,
                        "worker journal has no magic: move the file away, running tasks are found again without it");
            }
        }
        if (file[MAGIC.length] != VERSION) {
            throw new JorchException(ErrorCode.UNSUPPORTED, "worker journal has version " + file[MAGIC.length]
                    + ", this jorch reads " + VERSION + ": run the newer jorch that wrote it");
        }
        int position = HEADER;
        while (file.length - position >= RECORD_HEADER) {
            ByteBuffer record = ByteBuffer.wrap(file, position, RECORD_HEADER);
            int length = record.getInt();
            int checksum = record.getInt();
            int body = position + RECORD_HEADER;
            if (length <= 0 || length > file.length - body || checksum(file, body, length) != checksum) {
                return position;
            }
            byte[] json = java.util.Arrays.copyOfRange(file, body, body + length);
            into.apply(Json.readTolerant(json, JournalRecord.class));
            position = body + length;
        }
        return position;
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }
}
