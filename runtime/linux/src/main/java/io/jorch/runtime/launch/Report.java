package io.jorch.runtime.launch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;

/// One record of the report pipe, 32 bytes (`struct report` in sys.h): `u32 magic "JRPT", u16 version, u16 kind,
/// u64 place, u64 value, u64 reserved`.
sealed interface Report {
    int SIZE = 32;
    int MAGIC = 0x5450524a;
    int VERSION = 1;
    /// Where the place stands: the pid of a started process.
    int PLACE = 8;

    /// @param offset of the operation in the script; 0: the shim itself
    record Failed(long offset, int errno) implements Report {
    }

    /// @param startTime clock ticks since boot, as in /proc/PID/stat
    record Started(int pid, long startTime) implements Report {
    }

    static Report parse(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, SIZE).slice().order(ByteOrder.nativeOrder());
        if (buffer.getInt(0) != MAGIC || buffer.getShort(4) != VERSION) {
            throw new JorchException(ErrorCode.CORRUPT, "the launch report is not of version " + VERSION);
        }
        return switch (buffer.getShort(6)) {
            case 1 -> new Failed(buffer.getLong(8), (int) buffer.getLong(16));
            case 2 -> new Started((int) buffer.getLong(8), buffer.getLong(16));
            default -> throw new JorchException(ErrorCode.CORRUPT, "unknown launch report " + buffer.getShort(6));
        };
    }

    /// Reads all records until every holder of the pipe's other end has closed it, which execve does.
    static List<Report> readAll(Fd pipe, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * SIZE];
        while (true) {
            if (!FdCalls.awaitReadable(pipe, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                throw new JorchException(ErrorCode.UNAVAILABLE,
                        "the start did not end within " + timeout.toSeconds() + " s: a filesystem may hang");
            }
            int length = FdCalls.read(pipe, buffer);
            if (length == 0) {
                break;
            }
            all.write(buffer, 0, length);
        }
        List<Report> reports = new ArrayList<>();
        for (int at = 0; at + SIZE <= all.size(); at += SIZE) {
            reports.add(parse(all.toByteArray(), at));
        }
        return reports;
    }
}
