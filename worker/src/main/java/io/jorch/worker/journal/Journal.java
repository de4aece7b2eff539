package io.jorch.worker.journal;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The worker's memory: an append-only file of [JournalRecord]s and their fold. Owned by one thread (the agent loop's).
///
/// What was [#write]n survives a kill of the daemon; what was [#sync]ed survives a power cut. A torn tail is cut off
/// when the file is opened. Once most of the file is out of date it is replaced, atomically, by one that folds to the
/// same table.
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String NAME = "worker-journal";
    /// Bytes below which a file is never rewritten.
    private static final long COMPACT_FROM = 1 << 20;
    /// A file is rewritten when it is this many times as large as after the last rewriting.
    private static final long COMPACT_FACTOR = 4;

    private final Path file;
    private final Path replacement;
    private final JournalTable table = new JournalTable();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private FileChannel channel;
    private long compactAt;

    private Journal(Path folder, FileChannel channel) {
        this.file = folder.resolve(NAME);
        this.replacement = folder.resolve(NAME + ".new");
        this.channel = channel;
    }

    /// Opens or makes the journal of a folder, `DATA/node`.
    ///
    /// @throws JorchException CORRUPT or UNSUPPORTED when the file is no journal of ours; EXHAUSTED when it can't be
    ///         written
    public static Journal open(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(NAME + ".new"));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Journal journal = new Journal(folder, channel);
            try {
                journal.replay(Files.readAllBytes(file));
                return journal;
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    /// By task id. A view: it changes with the journal.
    public SortedMap<String, JournalEntry> entries() {
        return table.view();
    }

    /// Changes the table at once and the file with the next [#write] or [#sync].
    public void append(JournalRecord record) {
        table.apply(record);
        pending.writeBytes(JournalFormat.encode(record));
    }

    public void write() {
        if (pending.size() == 0) {
            return;
        }
        try {
            long before = channel.position();
            try {
                writeFully(channel, pending.toByteArray());
            } catch (IOException failure) {
                channel.truncate(before); // half a record would hide all that follow it
                channel.position(before);
                throw failure;
            }
            pending.reset();
            if (channel.position() > compactAt) {
                compact();
            }
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    public void sync() {
        write();
        try {
            channel.force(false);
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    @Override
    public void close() {
        try (FileChannel _ = channel) {
            sync();
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    private void replay(byte[] bytes) throws IOException {
        int good = JournalFormat.decode(bytes, table);
        if (good < bytes.length) {
            LOG.warn("event=journal-tail-cut file={} bytes={}", file, bytes.length - good);
            channel.truncate(good);
        }
        channel.position(good);
        if (good == 0) {
            writeFully(channel, JournalFormat.header());
            channel.force(true);
            syncFolder();
        }
        compactAt = Math.max(COMPACT_FROM, channel.position() * COMPACT_FACTOR);
    }

    private void compact() throws IOException {
        byte[] bytes = JournalFormat.encode(table.records());
        FileChannel fresh = FileChannel.open(replacement, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            writeFully(fresh, bytes);
            fresh.force(true);
            Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            fresh.close();
            Files.deleteIfExists(replacement);
            throw failure;
        }
        FileChannel old = channel;
        channel = fresh;
        old.close();
        syncFolder();
        compactAt = Math.max(COMPACT_FROM, bytes.length * COMPACT_FACTOR);
    }

    private void syncFolder() throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new NoSuchFileException(file + " has no folder");
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static JorchException unwritable(Path file, IOException failure) {
        return new JorchException(ErrorCode.EXHAUSTED,
                "worker journal " + file + " can't be written: " + JorchException.describe(failure)
                        + ": make room on its disk",
                failure);
    }
}
