package io.jorch.raft.tail;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Protobuf's variable-length number.
///
/// @param end offset after it
record Varint(long value, int end) {

    private static final int MOST_BYTES = 10;

    /// Null if it doesn't end before `limit`.
    static @Nullable Varint read(byte[] bytes, int offset, int limit) {
        long value = 0;
        for (int i = 0; i < MOST_BYTES && offset + i < limit; i++) {
            byte next = bytes[offset + i];
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return new Varint(value, offset + i + 1);
            }
        }
        return null;
    }

    static void write(ByteArrayOutputStream out, long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
