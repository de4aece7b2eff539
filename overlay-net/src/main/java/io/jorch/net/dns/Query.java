package io.jorch.net.dns;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// A question as it came in.
///
/// @param message all bytes, to be sent on if need be
/// @param question the bytes of the question section, to be repeated in the reply
/// @param name in lower case, without a final dot
/// @param payload how many bytes the asker takes over UDP (RFC 6891, 6.2.3), 512 when it did not say
/// @param extended whether it sent an OPT record, and so gets one
@SuppressWarnings("ArrayRecordComponent") // bytes as they came, never compared
record Query(byte[] message, int id, int opcode, boolean recursionDesired, byte[] question, String name, int type,
        int payload, boolean extended) {
    static final int HEADER = 12;

    private static final int RESPONSE = 0x8000;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int PLAIN_PAYLOAD = 512;
    private static final int PAYLOAD_LIMIT = 4096;

    /// @throws MalformedMessageException also for a message that is no question, or several
    static Query parse(byte[] message) throws MalformedMessageException {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        if (message.length < HEADER) {
            throw new MalformedMessageException("no header");
        }
        int id = Short.toUnsignedInt(bytes.getShort());
        int flags = Short.toUnsignedInt(bytes.getShort());
        int questions = Short.toUnsignedInt(bytes.getShort());
        int records = Short.toUnsignedInt(bytes.getShort()) + Short.toUnsignedInt(bytes.getShort());
        records += Short.toUnsignedInt(bytes.getShort());
        if ((flags & RESPONSE) != 0 || questions != 1) {
            throw new MalformedMessageException("not one question");
        }
        String name = WireName.read(bytes);
        need(bytes, 4);
        int type = Short.toUnsignedInt(bytes.getShort());
        bytes.getShort(); // the class: all that we know of is IN, and others are asked outside
        byte[] question = Arrays.copyOfRange(message, HEADER, bytes.position());
        int payload = PLAIN_PAYLOAD;
        boolean extended = false;
        for (int record = 0; record < records; record++) {
            WireName.read(bytes);
            need(bytes, 10);
            int recordType = Short.toUnsignedInt(bytes.getShort());
            int recordClass = Short.toUnsignedInt(bytes.getShort());
            bytes.getInt();
            int length = Short.toUnsignedInt(bytes.getShort());
            need(bytes, length);
            bytes.position(bytes.position() + length);
            if (recordType == RecordType.OPT) {
                extended = true;
                payload = Math.clamp(recordClass, PLAIN_PAYLOAD, PAYLOAD_LIMIT);
            }
        }
        return new Query(message, id, flags >> 11 & 15, (flags & RECURSION_DESIRED) != 0, question, name, type, payload,
                extended);
    }

    private static void need(ByteBuffer bytes, int length) throws MalformedMessageException {
        if (bytes.remaining() < length) {
            throw new MalformedMessageException("cut short");
        }
    }
}
