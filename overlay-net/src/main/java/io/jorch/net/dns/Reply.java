package io.jorch.net.dns;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Writes replies. A negative one carries no SOA record, so nobody may keep it (RFC 2308, 5): a name that is not there
/// now may be there in a second.
final class Reply {
    private static final int ANSWERED = 0x8480; // QR, AA, RA
    private static final int TRUNCATED = 0x0200;
    private static final int NAME_OF_QUESTION = 0xC000 | Query.HEADER;
    private static final int OUR_PAYLOAD = 1232;

    private Reply() {
    }

    /// @param data the records' RDATA, all of the question's type unless `type` differs
    static byte[] answer(Query query, int type, int timeToLive, List<byte[]> data) {
        int length = Query.HEADER + query.question().length + (query.extended() ? 11 : 0);
        for (byte[] item : data) {
            length += 12 + item.length;
        }
        ByteBuffer bytes = header(ByteBuffer.allocate(length), query, ResponseCode.NOERROR, data.size());
        for (byte[] item : data) {
            bytes.putShort((short) NAME_OF_QUESTION).putShort((short) type).putShort((short) 1).putInt(timeToLive)
                    .putShort((short) item.length).put(item);
        }
        return extension(bytes, query).array();
    }

    static byte[] without(Query query, ResponseCode code) {
        ByteBuffer bytes = ByteBuffer
                .allocate(Query.HEADER + query.question().length + (query.extended() ? 11 : 0));
        return extension(header(bytes, query, code, 0), query).array();
    }

    /// To what could not be read beyond its id.
    static byte[] malformed(byte[] message) {
        byte[] reply = new byte[Query.HEADER];
        reply[0] = message[0];
        reply[1] = message[1];
        reply[2] = (byte) 0x80;
        reply[3] = (byte) ResponseCode.FORMERR.number();
        return reply;
    }

    /// The reply itself if the asker can take it by UDP, or else one that tells it to ask by TCP.
    static byte[] fitting(Query query, byte[] reply) {
        if (reply.length <= query.payload()) {
            return reply;
        }
        byte[] cut = without(query, ResponseCode.NOERROR);
        cut[2] |= (byte) (TRUNCATED >> 8);
        return cut;
    }

    /// The same message under another id.
    static byte[] withId(byte[] message, int id) {
        byte[] copy = Arrays.copyOf(message, message.length);
        copy[0] = (byte) (id >> 8);
        copy[1] = (byte) id;
        return copy;
    }

    private static ByteBuffer header(ByteBuffer bytes, Query query, ResponseCode code, int answers) {
        int flags = ANSWERED | query.opcode() << 11 | (query.recursionDesired() ? 0x0100 : 0) | code.number();
        return bytes.putShort((short) query.id()).putShort((short) flags).putShort((short) 1)
                .putShort((short) answers).putShort((short) 0).putShort((short) (query.extended() ? 1 : 0))
                .put(query.question());
    }

    private static ByteBuffer extension(ByteBuffer bytes, Query query) {
        return query.extended() ? bytes.put((byte) 0).putShort((short) RecordType.OPT).putShort((short) OUR_PAYLOAD)
                .putInt(0).putShort((short) 0) : bytes;
    }
}
