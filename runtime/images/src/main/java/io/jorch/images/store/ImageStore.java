package io.jorch.images.store;

import io.jorch.images.stream.DiskFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Names of images. Kept in one journal file that is appended to and flushed at each change, and rewritten when most
/// of it is of the past; see [ImageJournal] for the format.
///
/// Any thread may call any method; its own lock orders the changes.
public final class ImageStore {
    private static final Logger LOG = LoggerFactory.getLogger(ImageStore.class);
    private static final int REWRITE_FROM = 200;

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<String, NamedImage> images = new TreeMap<>();
    private int lines;

    private ImageStore(Path file) {
        this.file = file;
    }

    /// @param file created with its first name
    /// @throws io.jorch.api.error.JorchException CORRUPT when the file is damaged other than by a torn last line
    public static ImageStore open(Path file) {
        ImageStore store = new ImageStore(file);
        try {
            DurableFiles.privateDirectory(file.toAbsolutePath().getParent());
            if (Files.exists(file)) {
                ImageJournal.Replay replay = ImageJournal.replay(Files.readAllBytes(file));
                store.images.putAll(replay.images());
                if (replay.torn()) {
                    LOG.warn("msg=\"the last change of image names was cut off and is dropped\" file={}", file);
                }
            }
            store.rewrite();
        } catch (IOException failure) {
            throw DiskFailure.of("open image names in " + file, failure);
        }
        return store;
    }

    public List<NamedImage> all() {
        lock.lock();
        try {
            return List.copyOf(images.values());
        } finally {
            lock.unlock();
        }
    }

    public Optional<NamedImage> find(String key) {
        lock.lock();
        try {
            return Optional.ofNullable(images.get(key));
        } finally {
            lock.unlock();
        }
    }

    /// Gives a name, taking it from whatever had it. All blobs of the image must be stored before.
    public void put(NamedImage image) {
        change(ImageJournal.put(image), () -> images.put(image.key(), image));
    }

    /// Takes a name away; nothing happens if it isn't there.
    public void remove(String key) {
        if (find(key).isPresent()) {
            change(ImageJournal.remove(key), () -> images.remove(key));
        }
    }

    private void change(String line, Runnable inMemory) {
        lock.lock();
        try {
            append(line);
            inMemory.run();
            if (lines > REWRITE_FROM && lines > 2 * images.size()) {
                rewrite();
            }
        } catch (IOException failure) {
            throw DiskFailure.of("change image names", failure);
        } finally {
            lock.unlock();
        }
    }

    private void append(String line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long before = channel.size();
            channel.position(before);
            ByteBuffer buffer = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            } catch (IOException failure) {
                // A line that is half there would tear the next one, too.
                channel.truncate(before);
                throw failure;
            }
            lines++;
        }
    }

    private void rewrite() throws IOException {
        DurableFiles.replace(file.resolveSibling(file.getFileName() + ".new"), file,
                ImageJournal.write(images.values()));
        lines = images.size();
    }
}
