package io.jorch.images.unpack;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Unpacks layers on top of each other into one plain directory, with what the JDK offers. One instance per layer.
///
/// Whiteouts are applied by deletion. Device nodes, FIFOs and xattrs other than `user.*` are refused as UNSUPPORTED:
/// they need system calls. [#finish] flushes nothing. Nobody else may write in the directory meanwhile: the check that
/// a parent is no symlink and the use of it are two steps.
public final class NioLayerTarget implements LayerTarget {
    private static final String USER_XATTR = "user.";
    private static final int COPY_BYTES = 1 << 16;

    private final Path root;
    /// What this layer made; the rest is of lower layers.
    private final Set<LayerPath> made = new HashSet<>();
    /// Of lower layers' directories that this layer only puts something into: they keep their time.
    private final Map<LayerPath, FileTime> inherited = new HashMap<>();
    private final byte[] buffer = new byte[COPY_BYTES];

    public NioLayerTarget(Path root) throws IOException {
        this.root = root;
        made.add(LayerPath.ROOT);
        inherited.put(LayerPath.ROOT, Files.getLastModifiedTime(root));
    }

    @Override
    public void directory(LayerPath path) throws IOException {
        Path file = place(path);
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(file);
            Files.createDirectory(file);
            Files.setAttribute(file, "unix:mode", 0755, LinkOption.NOFOLLOW_LINKS);
        } else if (!made.contains(path)) {
            inherited.put(path, Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
        }
        made.add(path);
    }

    @Override
    public void metadata(LayerPath directory, EntryMetadata metadata) throws IOException {
        Path file = directory.root() ? root : place(directory);
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(directory.toString());
        }
        set(file, metadata);
        inherited.remove(directory);
    }

    @Override
    public void file(LayerPath path, EntryMetadata metadata, InputStream content) throws IOException {
        Path file = clear(path);
        try (OutputStream output = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                output.write(buffer, 0, read);
            }
        }
        set(file, metadata);
    }

    @Override
    public void symlink(LayerPath path, EntryMetadata metadata, String text) throws IOException {
        Path file = clear(path);
        Files.createSymbolicLink(file, Path.of(text));
        own(file, metadata);
        time(file, metadata);
    }

    @Override
    public void hardlink(LayerPath path, LayerPath existing) throws IOException {
        Path target = place(existing);
        if (!made.contains(existing) || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(existing.toString(), path.toString(), "is nothing to link to");
        }
        Files.createLink(clear(path), target);
    }

    @Override
    public void device(LayerPath path, EntryMetadata metadata, DeviceNode device) {
        throw unsupported(path, "is a device node");
    }

    @Override
    public void fifo(LayerPath path, EntryMetadata metadata) {
        throw unsupported(path, "is a FIFO");
    }

    @Override
    public void whiteout(LayerPath path) throws IOException {
        Path file = place(path);
        if (!made.contains(path) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(file, new Removal(path, Set.of()));
        }
    }

    @Override
    public void opaque(LayerPath directory) throws IOException {
        Path file = directory.root() ? root : place(directory);
        Files.walkFileTree(file, new Removal(directory, made));
    }

    @Override
    public void finish() throws IOException {
        for (Map.Entry<LayerPath, FileTime> directory : inherited.entrySet()) {
            Path file = directory.getKey().root() ? root : place(directory.getKey());
            Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(directory.getValue(), null, null);
        }
    }

    @Override
    public void close() {
    }

    /// The place of a file, removed of whatever lower layers or an earlier entry left there.
    private Path clear(LayerPath path) throws IOException {
        Path file = place(path);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(file, new Removal(path, Set.of()));
        } else {
            Files.deleteIfExists(file);
        }
        made.add(path);
        return file;
    }

    private Path place(LayerPath path) throws IOException {
        Path file = root;
        for (String component : path.parent().components()) {
            file = file.resolve(component);
        }
        if (!made.contains(path.parent()) || !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(path.parent().toString());
        }
        return file.resolve(path.name());
    }

    private static void set(Path file, EntryMetadata metadata) throws IOException {
        own(file, metadata);
        for (Map.Entry<String, ByteBuffer> xattr : metadata.xattrs().entrySet()) {
            if (!xattr.getKey().startsWith(USER_XATTR)) {
                throw unsupported(new LayerPath(file.getFileName().toString()), "has the xattr " + xattr.getKey());
            }
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .write(xattr.getKey().substring(USER_XATTR.length()), xattr.getValue().duplicate());
        }
        Files.setAttribute(file, "unix:mode", metadata.mode(), LinkOption.NOFOLLOW_LINKS);
        time(file, metadata);
    }

    private static void own(Path file, EntryMetadata metadata) throws IOException {
        Files.setAttribute(file, "unix:uid", (int) metadata.uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", (int) metadata.gid(), LinkOption.NOFOLLOW_LINKS);
    }

    private static void time(Path file, EntryMetadata metadata) throws IOException {
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(metadata.modified()), null, null);
    }

    private static JorchException unsupported(LayerPath path, String problem) {
        return new JorchException(ErrorCode.UNSUPPORTED,
                "'" + path + "' " + problem + ", which can't be unpacked without system calls");
    }

    /// Removes a tree but for what is kept; directories that hold something kept stay. Follows no symlink.
    private final class Removal extends SimpleFileVisitor<Path> {
        private final Path start;
        private final LayerPath path;
        private final Set<LayerPath> keep;

        Removal(LayerPath path, Set<LayerPath> keep) {
            this.start = path.root() ? root : root.resolve(path.value());
            this.path = path;
            this.keep = keep;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!keep.contains(layerPath(file))) {
                Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, java.io.@org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!keep.contains(layerPath(directory))) {
                Files.delete(directory);
            }
            return FileVisitResult.CONTINUE;
        }

        private LayerPath layerPath(Path file) {
            String below = start.relativize(file).toString();
            return below.isEmpty() ? path : new LayerPath(path.root() ? below : path.value() + "/" + below);
        }
    }
}
