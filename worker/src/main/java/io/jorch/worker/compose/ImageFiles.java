package io.jorch.worker.compose;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads a file of an image from its unpacked layers as overlayfs would show it, without mounting anything and without
/// ever leaving the image: links are followed by us, component by component, inside the layers.
///
/// Layers are the store's own, unpacked and changed by nobody else: there is no race to lose here.
public final class ImageFiles {
    /// The kernel's limit (path_resolution(7)).
    private static final int MOST_LINKS = 40;

    private final List<Path> layers;
    private final Predicate<Path> opaque;

    /// @param layers topmost first
    /// @param opaque whether overlayfs shows nothing of lower layers in a directory (its `trusted.overlay.opaque`,
    ///        which Java can't read)
    public ImageFiles(List<Path> layers, Predicate<Path> opaque) {
        this.layers = List.copyOf(layers);
        this.opaque = opaque;
    }

    /// @param path absolute, in the image
    /// @param limit bytes; a longer file is refused
    /// @return empty when there is no such file
    /// @throws JorchException INVALID when it is anything but a regular file, is too long, or its links don't end
    public Optional<String> read(String path, int limit) {
        try {
            Path file = find(path);
            if (file == null) {
                return Optional.empty();
            }
            if (!attributes(file).isRegularFile()) { // opening a pipe would wait for ever
                throw JorchException.invalid("image", "its " + path + " is no regular file");
            }
            try (InputStream stream = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = stream.readNBytes(limit + 1);
                if (bytes.length > limit) {
                    throw JorchException.invalid("image", "its " + path + " is longer than " + limit + " bytes");
                }
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL,
                    "can't read " + path + " of the image: " + JorchException.describe(failure), failure);
        }
    }

    /// Where a file or directory of the image lies, links followed; empty: it isn't there.
    public Optional<Path> locate(String path) throws IOException {
        return Optional.ofNullable(find(path));
    }

    /// What a directory of the image holds, by name, links not followed.
    ///
    /// @param path its own, without links in it
    public SortedMap<String, Path> children(String path) throws IOException {
        Deque<String> names = new ArrayDeque<>(parts(path));
        SortedMap<String, Path> children = new TreeMap<>();
        for (Path layer : layers) {
            Path here = layer.resolve(String.join("/", names));
            if (!Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(here)) {
                for (Path entry : entries) {
                    String name = String.valueOf(entry.getFileName());
                    names.addLast(name);
                    Path visible = top(names);
                    names.removeLast();
                    if (visible != null) {
                        children.put(name, visible);
                    }
                }
            }
        }
        return children;
    }

    private @Nullable Path find(String path) throws IOException {
        Deque<String> todo = new ArrayDeque<>(parts(path));
        Deque<String> done = new ArrayDeque<>();
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (name.equals("..")) {
                done.pollLast();
                continue;
            }
            done.addLast(name);
            Path here = top(done);
            if (here == null) {
                return null;
            }
            BasicFileAttributes attributes = attributes(here);
            if (attributes.isSymbolicLink()) {
                if (++links > MOST_LINKS) {
                    throw JorchException.invalid("image", "the links at its " + path + " don't end");
                }
                String target = Files.readSymbolicLink(here).toString();
                done.removeLast();
                if (target.startsWith("/")) {
                    done.clear();
                }
                parts(target).reversed().forEach(todo::push);
            } else if (!todo.isEmpty() && !attributes.isDirectory()) {
                return null;
            }
        }
        return top(done);
    }

    /// What the uppermost layer that says anything about a path has there; null: nothing.
    private @Nullable Path top(Deque<String> names) throws IOException {
        if (names.isEmpty()) {
            return null;
        }
        for (Path layer : layers) {
            Path here = layer;
            boolean hidesLower = false;
            for (String name : names) {
                hidesLower |= opaque.test(here);
                here = here.resolve(name);
                if (!Files.exists(here, LinkOption.NOFOLLOW_LINKS)) {
                    here = null;
                    break;
                }
                if (whiteout(here)) {
                    return null;
                }
                boolean last = here.getNameCount() == layer.getNameCount() + names.size();
                if (!last && !attributes(here).isDirectory()) {
                    return null; // a file or link of this layer covers whatever directory lies below
                }
            }
            if (here != null) {
                return here;
            }
            if (hidesLower) {
                return null;
            }
        }
        return null;
    }

    /// overlayfs: a character device 0/0 says that the name is gone (kernel, filesystems/overlayfs.rst).
    private static boolean whiteout(Path path) throws IOException {
        return attributes(path).isOther()
                && Long.valueOf(0).equals(Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS));
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<String> parts(String path) {
        return java.util.Arrays.stream(path.split("/")).filter(part -> !part.isEmpty() && !part.equals(".")).toList();
    }
}
