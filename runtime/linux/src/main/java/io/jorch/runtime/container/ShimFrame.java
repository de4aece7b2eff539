package io.jorch.runtime.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;

/// One message on a shim's socket, always 32 bytes, little-endian: `u32 magic "JSHM", u16 version 1, u16 type, u64 a,
/// u64 b, u64 c`. A reply has the type of its request with the top bit. The protocol only grows: a shim answers a type
/// it does not know with ENOSYS in `a`, and a daemon does without.
///
/// | type | request | reply |
/// |---|---|---|
/// | 1 PING | – | – |
/// | 2 STATUS | – | a pid, b start ticks, c lease deadline |
/// | 3 SIGNAL | a signal number | a errno or 0 |
/// | 4 LEASE | a deadline, ns on CLOCK_BOOTTIME; 0: none | a 0 |
/// | 5 WAIT | – | a pid, b start ticks; later EXITED |
/// | 6 EXITED | – | a signal << 32, code; b finished ns; c flags of the exit record |
record ShimFrame(int type, long a, long b, long c) {
    static final int SIZE = 32;
    static final int MAGIC = 0x4d48534a;
    static final int VERSION = 1;
    static final int REPLY = 0x8000;

    static final int PING = 1;
    static final int STATUS = 2;
    static final int SIGNAL = 3;
    static final int LEASE = 4;
    static final int WAIT = 5;
    static final int EXITED = 6;

    static ShimFrame request(int type, long a) {
        return new ShimFrame(type, a, 0, 0);
    }

    ByteBuffer encode() {
        return ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC).putShort((short) VERSION)
                .putShort((short) type).putLong(a).putLong(b).putLong(c).flip();
    }

    static ShimFrame parse(ByteBuffer bytes) {
        ByteBuffer frame = bytes.order(ByteOrder.LITTLE_ENDIAN);
        if (frame.remaining() != SIZE || frame.getInt(0) != MAGIC || frame.getShort(4) != VERSION) {
            throw new JorchException(ErrorCode.CORRUPT, "the shim's answer is not of version " + VERSION);
        }
        return new ShimFrame(frame.getShort(6) & 0xffff, frame.getLong(8), frame.getLong(16), frame.getLong(24));
    }
}
