package io.jorch.runtime.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Reads a container's log while its shim writes and rotates it. A file once opened is read to its end even when it has
/// been rotated away meanwhile, and the file that comes next is found by its sequence: so no line is lost as long as the
/// reader is not slower than all kept files together. One reader is used by one thread.
public final class LogReader {
    /// How long to wait for a change before looking whether the container has ended.
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final Path directory;

    /// @param directory the task's, where the shim writes `log`
    public LogReader(Path directory) {
        this.directory = directory;
    }

    /// Passes on the records that the query wants, in order, until the end (or, following, until the container has
    /// ended and all is read), or until the sink answers false or the thread is interrupted.
    ///
    /// @param ended whether the container has ended, so that nothing more will be written
    public void read(LogQuery query, BooleanSupplier ended, Predicate<LogRecord> sink) {
        try (LogFiles files = new LogFiles(directory)) {
            for (LogRecord entry : present(files, query)) {
                if (!sink.test(entry)) {
                    return;
                }
            }
            if (query.follow()) {
                follow(files, query, ended, sink);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("can't read the log in " + directory, failure);
        }
    }

    /// All records that are there and wanted, at least the time this method ran.
    public List<LogRecord> read(LogQuery query) {
        try (LogFiles files = new LogFiles(directory)) {
            return present(files, query);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't read the log in " + directory, failure);
        }
    }

    private static List<LogRecord> present(LogFiles files, LogQuery query) throws IOException {
        Deque<LogRecord> kept = new ArrayDeque<>();
        int lines = 0;
        for (LogRecord entry = files.next(); entry != null; entry = files.next()) {
            if (query.wants(entry)) {
                kept.addLast(entry);
                lines += entry.partial() ? 0 : 1;
            }
            while (query.tail() >= 0 && lines > query.tail()) {
                lines -= kept.removeFirst().partial() ? 0 : 1;
            }
        }
        return query.tail() == 0 ? List.of() : new ArrayList<>(kept);
    }

    private void follow(LogFiles files, LogQuery query, BooleanSupplier ended, Predicate<LogRecord> sink)
            throws IOException {
        try (WatchService watch = directory.getFileSystem().newWatchService()) {
            directory.register(watch, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE);
            while (true) {
                // Asked before the last read: what was written before the end is then surely read.
                boolean last = ended.getAsBoolean();
                for (LogRecord entry = files.next(); entry != null; entry = files.next()) {
                    if (query.wants(entry) && !sink.test(entry)) {
                        return;
                    }
                }
                if (last || !Files.exists(directory)) {
                    return;
                }
                WatchKey key = watch.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The log's files, oldest first.
    static List<Path> filesOf(Path directory) throws IOException {
        try (java.util.stream.Stream<Path> entries = Files.list(directory)) {
            return entries.filter(path -> path.getFileName().toString().matches("log(\\.\\d+)?"))
                    .sorted(Comparator.comparingInt(LogReader::number).reversed()).toList();
        } catch (NoSuchFileException removed) {
            return List.of();
        }
    }

    private static int number(Path path) {
        String name = path.getFileName().toString();
        return name.equals("log") ? 0 : Integer.parseInt(name.substring("log.".length()));
    }
}
