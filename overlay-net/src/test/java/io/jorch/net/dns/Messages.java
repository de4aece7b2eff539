package io.jorch.net.dns;

import io.jorch.net.address.Ipv4;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes queries and reads replies, for tests.
public final class Messages {
    private Messages() {
    }

    /// A query for one name.
    ///
    /// @param payload of its OPT record, 0 for none
    public static byte[] query(int id, String name, int type, int payload) {
        byte[] wire = name.isEmpty() ? new byte[1] : WireName.write(name);
        ByteBuffer bytes = ByteBuffer.allocate(Query.HEADER + wire.length + 4 + (payload == 0 ? 0 : 11));
        bytes.putShort((short) id).putShort((short) 0x0100).putShort((short) 1).putShort((short) 0).putShort((short) 0)
                .putShort((short) (payload == 0 ? 0 : 1)).put(wire).putShort((short) type).putShort((short) 1);
        if (payload != 0) {
            bytes.put((byte) 0).putShort((short) RecordType.OPT).putShort((short) payload).putInt(0)
                    .putShort((short) 0);
        }
        return bytes.array();
    }

    public static String name(byte[] query) {
        try {
            return Query.parse(query).name();
        } catch (MalformedMessageException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// One A record, or none and the sign to ask by TCP.
    public static byte[] reply(byte[] query, String address, boolean truncated) {
        try {
            Query parsed = Query.parse(query);
            byte[] reply = Reply.answer(parsed, RecordType.A, 60,
                    truncated ? List.of() : List.of(Ipv4.parse("address", address).bytes()));
            reply[2] |= (byte) (truncated ? 2 : 0);
            return reply;
        } catch (MalformedMessageException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// A reply in a line: `NOERROR 10.0.1.2/600`; `TC` stands before the records of one that was cut short.
    public static String words(byte[] reply) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(reply);
            int flags = bytes.getShort(2);
            List<String> words = new ArrayList<>();
            words.add(Arrays.stream(ResponseCode.values()).filter(code -> code.number() == (flags & 15)).findFirst()
                    .orElseThrow().name());
            if ((flags & 0x0200) != 0) {
                words.add("TC");
            }
            int answers = bytes.getShort(6);
            bytes.position(Query.HEADER);
            WireName.read(bytes);
            bytes.position(bytes.position() + 4);
            for (int answer = 0; answer < answers; answer++) {
                WireName.read(bytes);
                int type = bytes.getShort();
                bytes.getShort();
                int seconds = bytes.getInt();
                int length = bytes.getShort();
                int end = bytes.position() + length;
                words.add((type == RecordType.A ? new Ipv4(bytes.getInt()).toString() : WireName.read(bytes)) + "/"
                        + seconds);
                bytes.position(end);
            }
            return String.join(" ", words);
        } catch (MalformedMessageException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
