package io.jorch.net.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Messages over TCP, each after its length in two bytes (RFC 1035, 4.2.2).
final class StreamFrames {
    private StreamFrames() {
    }

    static ByteBuffer framed(byte[] message) {
        return ByteBuffer.allocate(2 + message.length).putShort((short) message.length).put(message).flip();
    }

    /// @throws java.io.EOFException when the stream ends first
    static byte[] read(DataInputStream in) throws IOException {
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return message;
    }
}
