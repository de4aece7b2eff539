package io.jorch.net.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Domain names on the wire (RFC 1035, 3.1 and 4.1.4).
final class WireName {
    private static final int POINTER = 0xC0;
    private static final int LABEL_LIMIT = 63;
    private static final int NAME_LIMIT = 255;

    private WireName() {
    }

    /// Reads the name at the buffer's position and moves behind it, following compression backwards only, so that it
    /// always ends. Answers it in lower case without a final dot, empty for the root; a dot inside a label becomes a
    /// slash, which no name of ours has.
    static String read(ByteBuffer message) throws MalformedMessageException {
        StringBuilder name = new StringBuilder();
        ByteBuffer cursor = message;
        int barrier = message.position();
        while (true) {
            int length = next(cursor);
            if (length == 0) {
                return name.toString().toLowerCase(Locale.ROOT);
            }
            if ((length & POINTER) == POINTER) {
                int target = (length & ~POINTER) << 8 | next(cursor);
                if (target >= barrier) {
                    throw new MalformedMessageException("a pointer that does not go back");
                }
                barrier = target;
                cursor = message.duplicate().position(target);
                continue;
            }
            if (length > LABEL_LIMIT || length > cursor.remaining() || name.length() + length + 2 > NAME_LIMIT) {
                throw new MalformedMessageException("a label or name that is too long");
            }
            byte[] label = new byte[length];
            cursor.get(label);
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(label, StandardCharsets.ISO_8859_1).replace('.', '/'));
        }
    }

    /// Uncompressed.
    static byte[] write(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(NAME_LIMIT + 1);
        for (String label : name.split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.ISO_8859_1);
            if (text.length == 0 || text.length > LABEL_LIMIT || bytes.position() + text.length + 2 > NAME_LIMIT) {
                throw new IllegalArgumentException(name + " is no domain name");
            }
            bytes.put((byte) text.length).put(text);
        }
        byte[] written = new byte[bytes.put((byte) 0).position()];
        bytes.flip().get(written);
        return written;
    }

    private static int next(ByteBuffer cursor) throws MalformedMessageException {
        if (!cursor.hasRemaining()) {
            throw new MalformedMessageException("a name that ends too early");
        }
        return Byte.toUnsignedInt(cursor.get());
    }
}
