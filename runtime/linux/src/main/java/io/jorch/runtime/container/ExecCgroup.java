package io.jorch.runtime.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;

/// A v2 cgroup `exec-N` inside a container's, for one further process and all that it starts. Closing it kills and
/// removes it.
record ExecCgroup(Path directory) implements AutoCloseable {
    private static final String PREFIX = "exec-";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final AtomicLong NUMBERS = new AtomicLong();

    static ExecCgroup make(Path container) {
        while (true) {
            Path directory = container.resolve(PREFIX + NUMBERS.incrementAndGet());
            try {
                return new ExecCgroup(Files.createDirectory(directory));
            } catch (FileAlreadyExistsException anEarlierDaemons) {
                // Its sweep may be under way: the next number will do.
            } catch (IOException failure) {
                throw new JorchException(ErrorCode.CONFLICT,
                        "can't run a process in the container: " + JorchException.describe(failure), failure);
            }
        }
    }

    /// Kills and removes what an earlier daemon's unfinished runs left in a container.
    static void sweep(Path container) {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(container, PREFIX + "*")) {
            leftovers.forEach(leftover -> new ExecCgroup(leftover).close());
        } catch (NoSuchFileException gone) {
            // The container has gone and all of it.
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't list " + container, failure);
        }
    }

    /// Kills every process in it, those being forked included.
    void kill() {
        try {
            Files.write(directory.resolve("cgroup.kill"), new byte[]{'1'}, java.nio.file.StandardOpenOption.WRITE);
        } catch (NoSuchFileException gone) {
            // The container was removed at the same time.
        } catch (IOException failure) {
            if (Files.exists(directory)) {
                throw new JorchException(ErrorCode.INTERNAL, "can't kill what runs in " + directory, failure);
            }
        }
    }

    @Override
    public void close() {
        kill();
        awaitEmpty();
        try {
            Files.deleteIfExists(directory);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't remove " + directory + ": a process in it won't end",
                    failure);
        }
    }

    private void awaitEmpty() {
        if (!Files.exists(directory)) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Fd events = FdCalls.open(directory.resolve("cgroup.events"), FdCalls.O_RDONLY)) {
            byte[] buffer = new byte[256];
            while (System.nanoTime() < deadline) {
                // Each read from the start is a fresh look, and re-arms the change event.
                int length = FdCalls.readAt(events, buffer, 0);
                if (new String(buffer, 0, length, StandardCharsets.US_ASCII).contains("populated 0")) {
                    return;
                }
                FdCalls.awaitChange(events, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        }
    }
}
