package io.jorch.images;

import io.jorch.api.error.JorchException;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.LayerBlob;
import io.jorch.images.stream.DiskFailure;
import io.jorch.images.unpack.LayerUnpacker;
import io.jorch.images.unpack.NioLayerTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Unpacks all layers on top of each other, into a directory that appears only when all is done.
final class FlatUnpack {
    private FlatUnpack() {
    }

    static void run(ContentStore contents, LayerUnpacker unpacker, List<LayerBlob> layers, Path directory) {
        Path target = directory.toAbsolutePath().normalize();
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            requireEmpty(target);
            Files.createDirectories(temporary);
            Files.setAttribute(temporary, "unix:mode", 0755);
            for (LayerBlob layer : layers) {
                try (InputStream blob = contents.open(layer.blob()); NioLayerTarget tree = new NioLayerTarget(temporary)) {
                    unpacker.unpack(blob, tree, Optional.of(layer.diffId()));
                    tree.finish();
                }
            }
            Files.deleteIfExists(target);
            Files.move(temporary, target);
        } catch (IOException failure) {
            throw DiskFailure.of("unpack to " + directory, failure);
        } finally {
            remove(temporary);
        }
    }

    private static void requireEmpty(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            if (Files.exists(target, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                throw JorchException.conflict(target + " is no directory");
            }
            return;
        }
        try (Stream<Path> entries = Files.list(target)) {
            if (entries.findAny().isPresent()) {
                throw JorchException.conflict(target + " is not empty: name another directory");
            }
        }
    }

    private static void remove(Path temporary) {
        try {
            io.jorch.images.store.DurableFiles.removeTree(temporary);
        } catch (IOException failure) {
            throw DiskFailure.of("remove " + temporary, failure);
        }
    }
}
