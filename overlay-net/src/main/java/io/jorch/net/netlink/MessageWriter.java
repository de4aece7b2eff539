package io.jorch.net.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a message's payload: fixed headers, then attributes (`struct nlattr`), each padded to four bytes.
final class MessageWriter {
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int NESTED = 1 << 15; // NLA_F_NESTED
    private static final int LIMIT = 0xFFFF; // nla_len is a u16

    private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());

    MessageWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    MessageWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    MessageWriter u32(long value) {
        room(4).putInt((int) value);
        return this;
    }

    /// Bytes as they are, then padding to four.
    MessageWriter raw(byte[] value) {
        room(value.length).put(value);
        return pad();
    }

    MessageWriter attribute(int type, byte... value) {
        int length = ATTRIBUTE_HEADER + value.length;
        if (length > LIMIT) {
            throw new IllegalArgumentException("an attribute of " + value.length + " bytes");
        }
        u16(length).u16(type);
        return raw(value);
    }

    MessageWriter attributeU8(int type, int value) {
        return attribute(type, (byte) value);
    }

    MessageWriter attributeU32(int type, long value) {
        return attribute(type, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt((int) value).array());
    }

    /// Big-endian, as netfilter has it.
    MessageWriter attributeBe16(int type, int value) {
        return attribute(type, (byte) (value >> 8), (byte) value);
    }

    /// Big-endian, as netfilter has it.
    MessageWriter attributeBe32(int type, long value) {
        return attribute(type, ByteBuffer.allocate(4).putInt((int) value).array());
    }

    /// With the closing zero byte that the kernel asks for.
    MessageWriter attributeText(int type, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return attribute(type, Arrays.copyOf(text, text.length + 1));
    }

    /// Opens an attribute that holds others; answers the mark that [#end] closes.
    int nest(int type) {
        int mark = buffer.position();
        u16(0).u16(type | NESTED);
        return mark;
    }

    MessageWriter end(int mark) {
        int length = buffer.position() - mark;
        if (length > LIMIT) {
            throw new IllegalArgumentException("nested attributes of " + length + " bytes");
        }
        buffer.putShort(mark, (short) length);
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private MessageWriter pad() {
        int padding = -buffer.position() & 3;
        room(padding).put(new byte[padding]);
        return this;
    }

    private ByteBuffer room(int needed) {
        if (buffer.remaining() < needed) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + needed);
            ByteBuffer larger = ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder());
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }
}
