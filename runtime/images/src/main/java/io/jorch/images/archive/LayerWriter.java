package io.jorch.images.archive;

import io.jorch.images.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes one layer as a gzip-compressed tar. Entries that need a parent get it, once, with mode 0755 of root.
public final class LayerWriter implements Closeable {
    private final DigestOutputStream hash;
    private final TarArchiveOutputStream tar;
    private final Instant created;
    private final Set<String> directories = new HashSet<>(Set.of(""));

    /// @param created the time of all entries that have none of their own
    LayerWriter(OutputStream compressed, Instant created) throws IOException {
        this.hash = new DigestOutputStream(new GZIPOutputStream(compressed, 1 << 16), Digest.Algorithm.SHA256.newDigest());
        this.tar = new TarArchiveOutputStream(hash, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        this.created = created;
    }

    /// @param path absolute or relative to the image's root
    public LayerWriter directory(String path, int mode) throws IOException {
        String name = name(path);
        if (directories.add(name)) {
            parents(name);
            put(entry(name + "/", TarConstants.LF_DIR, mode, 0), null);
        }
        return this;
    }

    public LayerWriter file(String path, int mode, byte[] content) throws IOException {
        return file(path, mode, 0, 0, content);
    }

    public LayerWriter file(String path, int mode, long uid, long gid, byte[] content) throws IOException {
        String name = name(path);
        parents(name);
        TarArchiveEntry entry = entry(name, TarConstants.LF_NORMAL, mode, content.length);
        entry.setIds((int) uid, (int) gid);
        put(entry, new ByteArrayInputStream(content));
        return this;
    }

    public LayerWriter symlink(String path, String target) throws IOException {
        String name = name(path);
        parents(name);
        TarArchiveEntry entry = entry(name, TarConstants.LF_SYMLINK, 0777, 0);
        entry.setLinkName(target);
        put(entry, null);
        return this;
    }

    /// Hides a file or directory of the layers below.
    public LayerWriter delete(String path) throws IOException {
        String name = name(path);
        int slash = name.lastIndexOf('/') + 1;
        return file(name.substring(0, slash) + ".wh." + name.substring(slash), 0, new byte[0]);
    }

    /// Adds a directory tree: owners, modes, times, symlinks and hard links as they are. Sockets, FIFOs and device
    /// nodes are left out.
    ///
    /// @param at where in the image; empty or `/` is the root
    public LayerWriter tree(Path root, String at) throws IOException {
        Map<Object, String> linked = new HashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                String name = inImage(directory);
                if (directories.add(name)) {
                    parents(name);
                    put(described(directory, name + "/", TarConstants.LF_DIR, 0), null);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = inImage(file);
                String before = attributes.fileKey() == null ? null : linked.putIfAbsent(attributes.fileKey(), name);
                if (before != null && !attributes.isOther()) {
                    TarArchiveEntry entry = described(file, name, TarConstants.LF_LINK, 0);
                    entry.setLinkName(before);
                    put(entry, null);
                } else if (attributes.isSymbolicLink()) {
                    TarArchiveEntry entry = described(file, name, TarConstants.LF_SYMLINK, 0);
                    entry.setLinkName(Files.readSymbolicLink(file).toString());
                    put(entry, null);
                } else if (attributes.isRegularFile()) {
                    try (InputStream content = Files.newInputStream(file)) {
                        put(described(file, name, TarConstants.LF_NORMAL, attributes.size()), content);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            private String inImage(Path file) {
                return name(at + "/" + root.relativize(file));
            }
        });
        return this;
    }

    /// Ends the layer.
    ///
    /// @return the digest of the uncompressed archive
    Digest finish() throws IOException {
        tar.finish();
        hash.flush();
        tar.close();
        return Digest.Algorithm.SHA256.finish(hash.getMessageDigest());
    }

    @Override
    public void close() throws IOException {
        hash.close();
    }

    private void parents(String name) throws IOException {
        List<String> missing = new ArrayList<>();
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            missing.add(name.substring(0, slash));
        }
        Collections.reverse(missing);
        for (String parent : missing) {
            if (directories.add(parent)) {
                put(entry(parent + "/", TarConstants.LF_DIR, 0755, 0), null);
            }
        }
    }

    private TarArchiveEntry described(Path file, String name, byte type, long size) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime",
                LinkOption.NOFOLLOW_LINKS);
        TarArchiveEntry entry = entry(name, type, (Integer) attributes.get("mode") & 07777, size);
        entry.setUserId((Integer) attributes.get("uid"));
        entry.setGroupId((Integer) attributes.get("gid"));
        // Whole seconds: a fraction would need a PAX header for each entry.
        entry.setModTime(((FileTime) attributes.get("lastModifiedTime")).toMillis() / 1000 * 1000);
        return entry;
    }

    private TarArchiveEntry entry(String name, byte type, int mode, long size) {
        // The root itself must not become an empty name.
        TarArchiveEntry entry = new TarArchiveEntry(name.equals("/") ? "./" : name, type);
        entry.setMode(mode);
        entry.setSize(size);
        entry.setModTime(created.getEpochSecond() * 1000);
        return entry;
    }

    private void put(TarArchiveEntry entry, @org.jspecify.annotations.Nullable InputStream content) throws IOException {
        tar.putArchiveEntry(entry);
        if (content != null) {
            content.transferTo(tar);
        }
        tar.closeArchiveEntry();
    }

    private static String name(String path) {
        List<String> components = new ArrayList<>();
        for (String component : path.split("/")) {
            if (component.equals("..")) {
                throw new IllegalArgumentException(path + " has a '..' in it");
            }
            if (!component.isEmpty() && !component.equals(".")) {
                components.add(component);
            }
        }
        return String.join("/", components);
    }
}
