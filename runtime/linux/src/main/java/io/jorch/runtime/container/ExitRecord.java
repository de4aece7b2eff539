package io.jorch.runtime.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;

/// The file `exit` that a shim leaves, 56 bytes (`struct exit_record` in shim.c), little-endian:
/// `u32 magic "JEXT", u16 version 1, u16 size, u32 pid, s32 code, s32 signal, u32 flags (1 oom, 2 lease expired),
/// u64 start ticks, u64 started ns, u64 finished ns (both CLOCK_REALTIME), u64 dropped log records`.
///
/// @param pid of the container's first process
/// @param startTime of it, in clock ticks since boot
/// @param droppedLogRecords that a full disk swallowed
public record ExitRecord(int pid, long startTime, Instant startedAt, ExitStatus status, long droppedLogRecords) {
    static final String FILE = "exit";
    static final int MAGIC = 0x5458454a;
    static final int SIZE = 56;
    private static final int OOM = 1;
    private static final int LEASE = 2;

    /// Reads the record in a task's directory; empty while it has not ended.
    public static Optional<ExitRecord> read(Path taskDirectory) {
        try {
            return Optional.of(parse(Files.readAllBytes(taskDirectory.resolve(FILE))));
        } catch (NoSuchFileException runningStill) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't read the exit record in " + taskDirectory, failure);
        }
    }

    static ExitRecord parse(byte[] bytes) {
        ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < SIZE || record.getInt(0) != MAGIC || record.getShort(4) != 1) {
            throw new JorchException(ErrorCode.CORRUPT, "the exit record is not of version 1 of jorch's format");
        }
        int flags = record.getInt(20);
        ExitStatus status = new ExitStatus(record.getInt(12), record.getInt(16), (flags & OOM) != 0,
                (flags & LEASE) != 0, false, instant(record.getLong(40)));
        return new ExitRecord(record.getInt(8), record.getLong(24), instant(record.getLong(32)), status,
                record.getLong(48));
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
    }

    /// What the flags of an exit frame and of the record mean.
    static ExitStatus status(int code, int signal, long finishedNanos, long flags) {
        return new ExitStatus(code, signal, (flags & OOM) != 0, (flags & LEASE) != 0, false, instant(finishedNanos));
    }
}
