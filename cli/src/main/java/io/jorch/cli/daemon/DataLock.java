package io.jorch.cli.daemon;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A data folder has one daemon at a time: a lock of the kernel's, gone with the process however it ends.
final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    static DataLock take(Path data) {
        Path file = data.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException sameProcess) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                throw new JorchException(ErrorCode.CONFLICT,
                        "another daemon uses " + data + ": stop it, or choose another --data-dir");
            }
            return new DataLock(channel);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.UNAVAILABLE,
                    "can't lock " + file + ": " + JorchException.describe(failure), failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't close the lock file", failure);
        }
    }
}
