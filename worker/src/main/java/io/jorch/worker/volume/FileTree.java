package io.jorch.worker.volume;

import io.jorch.worker.compose.ImageFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whole folders: copied out of an image, deleted. Links are never followed.
final class FileTree {
    private FileTree() {
    }

    /// Copies a directory of an image with owners, modes and times. Devices, sockets and pipes are left out: a volume
    /// is mounted nodev anyway.
    ///
    /// @param target must not exist
    static void copyOut(ImageFiles image, String directory, Path target) throws IOException {
        Path source = image.locate(directory).orElseThrow(() -> new NoSuchFileException(directory));
        Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        for (Map.Entry<String, Path> child : image.children(directory).entrySet()) {
            Path copy = target.resolve(child.getKey());
            BasicFileAttributes attributes = Files.readAttributes(child.getValue(), BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                copyOut(image, directory + "/" + child.getKey(), copy);
            } else if (!attributes.isOther()) {
                Files.copy(child.getValue(), copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /// Succeeds when there is nothing.
    static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
