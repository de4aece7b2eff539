package io.jorch.raft.ratis;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.ByteBuffer;

/// What stands in the log around each entry: magic `JRE`, version 1, the term it was planned in (8 bytes, big endian),
/// then the entry. The term is the fence: an entry that lands in another term is refused by every replica alike.
record Envelope(long plannedTerm, ByteBuffer entry) {

    private static final int MAGIC_AND_VERSION = 0x4a524501;
    static final int HEADER = Integer.BYTES + Long.BYTES;

    static ByteBuffer wrap(long plannedTerm, byte[] entry) {
        return ByteBuffer.allocate(HEADER + entry.length).putInt(MAGIC_AND_VERSION).putLong(plannedTerm).put(entry)
                .flip();
    }

    static Envelope parse(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate();
        if (in.remaining() < HEADER) {
            throw new JorchException(ErrorCode.CORRUPT,
                    "a log entry of " + in.remaining() + " bytes is shorter than its header of " + HEADER);
        }
        int magic = in.getInt();
        if (magic >>> 8 != MAGIC_AND_VERSION >>> 8) {
            throw new JorchException(ErrorCode.CORRUPT, "a log entry does not start with the magic JRE");
        }
        if (magic != MAGIC_AND_VERSION) {
            throw new JorchException(ErrorCode.UNSUPPORTED, "a log entry has envelope version " + (magic & 0xff)
                    + ", this jorch knows 1: upgrade this node");
        }
        return new Envelope(in.getLong(), in.slice());
    }

    byte[] copyEntry() {
        byte[] copy = new byte[entry.remaining()];
        entry.duplicate().get(copy);
        return copy;
    }
}
