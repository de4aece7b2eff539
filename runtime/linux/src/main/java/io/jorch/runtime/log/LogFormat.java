package io.jorch.runtime.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import org.jspecify.annotations.Nullable;

/// The log file that the shim writes (shim.h), in the machine's byte order, little-endian on all that jorch runs on.
///
/// ```
/// header  32 bytes  u32 magic "JLOG", u16 version 1, u16 header size, u64 sequence, u64 created ns, u64 reserved
/// record  16 bytes  u64 time ns, u32 length, u8 stream (1 stdout, 2 stderr), u8 flags (1 partial), u16 reserved
///         length    the line's bytes, without its line feed
/// ```
/// Times are CLOCK_REALTIME. `log` is the current file, `log.1` the one before, and so on; the sequence counts a task's
/// files from 1. A partial record goes on in the next one of the same stream. A file may end in a cut record: the
/// machine went down while it was written.
public final class LogFormat {
    static final int MAGIC = 0x474f4c4a;
    static final int HEADER_SIZE = 32;
    static final int RECORD_SIZE = 16;
    static final int LONGEST = 1 << 20;
    private static final int PARTIAL = 1;

    private LogFormat() {
    }

    /// @param sequence of this file among its task's files
    /// @param createdNanos CLOCK_REALTIME
    public record Header(long sequence, long createdNanos) {
    }

    /// Reads the header, or answers null when the file is still too short for one.
    static @Nullable Header readHeader(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(HEADER_SIZE);
        if (bytes.length < HEADER_SIZE) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.getInt(0) != MAGIC || buffer.getShort(4) != 1) {
            throw new JorchException(ErrorCode.CORRUPT, "the log is not of version 1 of jorch's format");
        }
        // A later writer may have a longer header: what it adds is skipped.
        in.skipNBytes(Math.max(0, buffer.getShort(6) - HEADER_SIZE));
        return new Header(buffer.getLong(8), buffer.getLong(16));
    }

    /// Reads the next record, or answers null at the end or at a record that is not complete yet.
    static @Nullable LogRecord readRecord(InputStream in) throws IOException {
        byte[] head = in.readNBytes(RECORD_SIZE);
        if (head.length < RECORD_SIZE) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.getInt(8);
        if (length < 0 || length > LONGEST) {
            throw new JorchException(ErrorCode.CORRUPT, "a log record claims " + length + " bytes");
        }
        byte[] line = in.readNBytes(length);
        return line.length < length
                ? null
                : new LogRecord(buffer.getLong(0), buffer.get(12), (buffer.get(13) & PARTIAL) != 0, line);
    }
}
