package io.jorch.net.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The attributes of one received message or of one nest, by type. Of repeated types the last one counts, as in the
/// kernel's own parser; what is cut short is left out.
final class Attributes {
    private static final int TYPE_MASK = 0x3FFF; // NLA_TYPE_MASK

    private final Map<Integer, ByteBuffer> values = new HashMap<>();

    private Attributes() {
    }

    /// @param bytes at the first attribute; consumed
    static Attributes read(ByteBuffer bytes) {
        Attributes attributes = new Attributes();
        ByteBuffer rest = bytes.slice().order(ByteOrder.nativeOrder());
        while (rest.remaining() >= 4) {
            int length = Short.toUnsignedInt(rest.getShort());
            int type = Short.toUnsignedInt(rest.getShort()) & TYPE_MASK;
            if (length < 4 || length - 4 > rest.remaining()) {
                break;
            }
            attributes.values.put(type, rest.slice(rest.position(), length - 4));
            rest.position(Math.min(rest.limit(), rest.position() + (length - 4 + 3 & ~3)));
        }
        return attributes;
    }

    Optional<ByteBuffer> value(int type) {
        return Optional.ofNullable(values.get(type)).map(ByteBuffer::duplicate);
    }

    /// Empty when the nest is absent.
    Attributes nest(int type) {
        return value(type).map(Attributes::read).orElseGet(Attributes::new);
    }

    Optional<String> text(int type) {
        return value(type).map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString()).map(text -> {
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        });
    }

    Optional<Integer> u8(int type) {
        return value(type).filter(bytes -> bytes.remaining() >= 1).map(bytes -> Byte.toUnsignedInt(bytes.get()));
    }

    /// Big-endian.
    Optional<Integer> be16(int type) {
        return value(type).filter(bytes -> bytes.remaining() >= 2)
                .map(bytes -> Short.toUnsignedInt(bytes.order(ByteOrder.BIG_ENDIAN).getShort()));
    }

    /// Big-endian.
    Optional<Integer> be32(int type) {
        return value(type).filter(bytes -> bytes.remaining() >= 4)
                .map(bytes -> bytes.order(ByteOrder.BIG_ENDIAN).getInt());
    }
}
