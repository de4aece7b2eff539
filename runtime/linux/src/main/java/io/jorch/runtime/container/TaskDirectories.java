package io.jorch.runtime.container;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import org.jspecify.annotations.Nullable;

/// Where a container's files are.
///
/// @param tasks DATA/tasks
/// @param shims RUN/shims
public record TaskDirectories(Path tasks, Path shims) {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    public Path of(String id) {
        return tasks.resolve(id);
    }

    public Path upper(String id) {
        return of(id).resolve("upper");
    }

    public Path work(String id) {
        return of(id).resolve("work");
    }

    public Path socket(String id) {
        return shims.resolve(id + ".sock");
    }

    /// Makes all directories of a task; its upper one belongs to the host id of its root.
    void make(String id, int hostId) {
        try {
            makePrivate(tasks);
            makePrivate(shims);
            Files.createDirectory(of(id), PosixFilePermissions.asFileAttribute(PRIVATE));
            Files.createDirectory(work(id), PosixFilePermissions.asFileAttribute(PRIVATE));
            Files.createDirectory(upper(id));
            Files.setPosixFilePermissions(upper(id), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setAttribute(upper(id), "unix:uid", hostId);
            Files.setAttribute(upper(id), "unix:gid", hostId);
        } catch (java.nio.file.FileAlreadyExistsException taken) {
            throw JorchException.conflict("container " + id + " exists already: remove it first");
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't make the directories of container " + id + ": "
                    + JorchException.describe(failure), failure);
        }
    }

    private static void makePrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PRIVATE);
    }

    /// The ids of all that have a directory or a socket.
    Set<String> list() {
        Set<String> ids = new TreeSet<>();
        addNames(ids, tasks, "");
        addNames(ids, shims, ".sock");
        return ids;
    }

    private static void addNames(Set<String> ids, Path directory, String suffix) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (java.util.stream.Stream<Path> entries = Files.list(directory)) {
            entries.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(suffix))
                    .forEach(name -> ids.add(name.substring(0, name.length() - suffix.length())));
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't list " + directory, failure);
        }
    }

    /// Deletes a task's directory and socket; links in it are deleted, not followed.
    void delete(String id) {
        try {
            Files.deleteIfExists(socket(id));
            deleteTree(of(id));
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL,
                    "can't delete the files of container " + id + ": " + JorchException.describe(failure), failure);
        }
    }

    /// Deletes what the container wrote to its root, keeping log and exit record.
    void deleteFilesystem(String id) {
        try {
            deleteTree(upper(id));
            deleteTree(work(id));
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL,
                    "can't delete the files of container " + id + ": " + JorchException.describe(failure), failure);
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        if (Files.exists(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(directory, new Deleter());
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
