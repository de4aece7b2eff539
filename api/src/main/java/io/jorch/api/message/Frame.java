package io.jorch.api.message;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// One message on a worker's stream: magic `JW`, version (1 byte), zero (1 byte), length of the body (4 bytes, big
/// endian), body (JSON, UTF-8). Fields that a version doesn't know are passed over, so that a rolling upgrade works.
public final class Frame {
    public static final int HEADER = 8;
    public static final byte VERSION = 1;
    /// 16 MiB.
    public static final int MAXIMUM_BODY = 16 << 20;

    private Frame() {
    }

    public static byte[] encode(ManagerMessage message) {
        return frame(Json.write(message));
    }

    public static byte[] encode(AgentMessage message) {
        return frame(Json.write(message));
    }

    public static ManagerMessage decodeManager(byte[] frame) {
        return Json.readTolerant(body(frame), ManagerMessage.class);
    }

    public static AgentMessage decodeAgent(byte[] frame) {
        return Json.readTolerant(body(frame), AgentMessage.class);
    }

    /// The length of the body that follows a header.
    public static int bodyLength(byte[] header) {
        if (header.length < HEADER || header[0] != 'J' || header[1] != 'W') {
            throw new JorchException(ErrorCode.CORRUPT, "stream frame has no magic: the peer is no jorch node");
        }
        if (header[2] != VERSION) {
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "stream frame has version " + header[2] + ", this node speaks " + VERSION);
        }
        int length = ByteBuffer.wrap(header, 4, 4).getInt();
        if (length < 0 || length > MAXIMUM_BODY) {
            throw new JorchException(ErrorCode.CORRUPT, "stream frame of " + length + " bytes is over the limit");
        }
        return length;
    }

    private static byte[] frame(byte[] body) {
        return ByteBuffer.allocate(HEADER + body.length).put((byte) 'J').put((byte) 'W').put(VERSION).put((byte) 0)
                .putInt(body.length).put(body).array();
    }

    private static byte[] body(byte[] frame) {
        int length = bodyLength(frame);
        if (frame.length != HEADER + length) {
            throw new JorchException(ErrorCode.CORRUPT,
                    "stream frame of " + frame.length + " bytes names a body of " + length);
        }
        return Arrays.copyOfRange(frame, HEADER, frame.length);
    }
}
