package io.jorch.worker.volume;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.worker.compose.ImageFiles;
import io.jorch.worker.compose.PlannedMount;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The node's local volumes: `DATA/volumes/NAME/data`, below a folder that only root may enter, with the ids on disk
/// that tasks see (0–65535): every mount of one is idmapped to its task's range. A task's unnamed volumes are in
/// `DATA/volumes/.task-ID`, a name that no user can choose, and go with the task. May be called by any thread.
public final class Volumes {
    private static final String DATA = "data";
    private static final String UNFINISHED = ".new-";

    private final Path folder;
    private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    private Volumes(Path folder) {
        this.folder = folder;
    }

    /// @param folder `DATA/volumes`; made if missing, cleaned of what a killed daemon left half made
    public static Volumes open(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.filter(path -> name(path).startsWith(UNFINISHED)).toList()) {
                    FileTree.delete(entry);
                }
            }
            return new Volumes(folder);
        } catch (IOException failure) {
            throw failed("volumes", folder, failure);
        }
    }

    /// The folder to mount for a task's volume. One that isn't there is made, and begins with what the image has at
    /// the target (as in Docker), unless the mount says otherwise.
    ///
    /// @throws JorchException EXHAUSTED when the disk is full; nothing half-made is left
    public Path provide(String taskId, PlannedMount.Volume volume, ImageFiles image) {
        Path home = volume.name().isEmpty()
                ? folder.resolve(".task-" + taskId).resolve(volume.target().substring(1).replace('/', '_'))
                : folder.resolve(volume.name());
        ReentrantLock lock = locks.computeIfAbsent(home.toString(), _ -> new ReentrantLock());
        lock.lock();
        try {
            if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
                create(home, volume, image);
            }
            return home.resolve(DATA);
        } catch (IOException failure) {
            throw failed("volume " + (volume.name().isEmpty() ? "at " + volume.target() : volume.name()), home, failure);
        } finally {
            lock.unlock();
        }
    }

    /// Removes a task's unnamed volumes.
    public void removeOwn(String taskId) {
        Path own = folder.resolve(".task-" + taskId);
        try {
            FileTree.delete(own);
        } catch (IOException failure) {
            throw failed("volumes of task " + taskId, own, failure);
        }
    }

    private void create(Path home, PlannedMount.Volume volume, ImageFiles image) throws IOException {
        Path unfinished = Files.createTempDirectory(folder, UNFINISHED);
        try {
            Path data = unfinished.resolve(DATA);
            Path source = image.locate(volume.target()).orElse(null);
            if (source == null || !Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(data);
                Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
            } else if (volume.copy()) {
                FileTree.copyOut(image, volume.target(), data);
            } else {
                Files.copy(source, data, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Path parent = home.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException failure) {
            FileTree.delete(unfinished);
            throw failure;
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static JorchException failed(String what, Path where, IOException failure) {
        boolean full = failure instanceof FileSystemException system
                && String.valueOf(system.getReason()).contains("No space left");
        return new JorchException(full ? ErrorCode.EXHAUSTED : ErrorCode.INTERNAL, what + " at " + where + ": "
                + (full ? "the disk is full: make room on it" : JorchException.describe(failure)), failure);
    }
}
