package io.jorch.runtime.log;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/// A position in a task's log that moves on through its files by their sequence.
final class LogFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int SECOND_LOOKS = 3;

    private final Path directory;
    private @Nullable FileChannel channel;
    private @Nullable BufferedInputStream in;
    private long sequence;
    private long position;

    LogFiles(Path directory) {
        this.directory = directory;
    }

    /// The next complete record, or null when there is none yet.
    @Nullable
    LogRecord next() throws IOException {
        while (true) {
            if (in != null) {
                LogRecord entry = LogFormat.readRecord(in);
                if (entry != null) {
                    position += entry.sizeOnDisk();
                    return entry;
                }
                rewind();
            }
            if (!openNext()) {
                return null;
            }
        }
    }

    /// Back to the last whole record: the rest of the one begun may be written later.
    private void rewind() throws IOException {
        if (channel != null) {
            channel.position(position);
            in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
        }
    }

    /// Moves to the lowest sequence above the current one. Once that exists the current file is complete, but it may
    /// have grown since it was last read: then it is read on first.
    private boolean openNext() throws IOException {
        Opened best = lowestAbove();
        // The files move while they are looked at: a gap is believed only when it is seen again.
        for (int i = 0; i < SECOND_LOOKS && best != null && best.sequence() != sequence + 1; i++) {
            best.channel().close();
            best = lowestAbove();
        }
        if (best == null) {
            return false;
        }
        if (finishCurrent()) {
            best.channel().close();
            return true;
        }
        close();
        channel = best.channel();
        sequence = best.sequence();
        position = channel.position();
        in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
        return true;
    }

    private record Opened(FileChannel channel, long sequence) {
    }

    private @Nullable Opened lowestAbove() throws IOException {
        @Nullable Opened best = null;
        for (Path file : LogReader.filesOf(directory)) {
            FileChannel candidate = openOrNull(file);
            if (candidate == null) {
                continue;
            }
            LogFormat.@Nullable Header header = LogFormat.readHeader(Channels.newInputStream(candidate));
            if (header != null && header.sequence() > sequence
                    && (best == null || header.sequence() < best.sequence())) {
                if (best != null) {
                    best.channel().close();
                }
                best = new Opened(candidate, header.sequence());
            } else {
                candidate.close();
            }
        }
        return best;
    }

    /// Whether the current file got more records between its last read and the finding of its successor.
    private boolean finishCurrent() throws IOException {
        if (in == null) {
            return false;
        }
        boolean more = LogFormat.readRecord(in) != null;
        rewind();
        return more;
    }

    private static @Nullable FileChannel openOrNull(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException rotatedAway) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
