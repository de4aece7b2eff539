package io.jorch.images.store;

import io.jorch.images.model.Digest;
import io.jorch.images.stream.DiskFailure;
import io.jorch.images.unpack.LayerTarget;
import io.jorch.images.unpack.LayerUnpacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Unpacked layers, ready to be stacked by overlayfs: `layers/CHAIN/fs` and `layers/CHAIN/info`, CHAIN being the hex of
/// the chain id. By chain and not by diff_id, because a directory that a layer uses without holding it has the
/// metadata of the layer below. A layer is unpacked in `layers/tmp-…` and renamed; opening removes what a crash left.
///
/// Any thread may call any method; per chain id there is one that unpacks.
public final class LayerStore {
    private static final String TEMPORARY = "tmp-";

    private final Path layers;
    private final ContentStore contents;
    private final LayerUnpacker unpacker;
    private final LayerTarget.Factory targets;
    private final KeyedLocks<Digest> writers = new KeyedLocks<>();

    private LayerStore(Path layers, ContentStore contents, LayerUnpacker unpacker, LayerTarget.Factory targets) {
        this.layers = layers;
        this.contents = contents;
        this.unpacker = unpacker;
        this.targets = targets;
    }

    public static LayerStore open(Path layers, ContentStore contents, LayerUnpacker unpacker,
            LayerTarget.Factory targets) {
        try {
            DurableFiles.privateDirectory(layers);
            try (Stream<Path> entries = Files.list(layers)) {
                for (Path left : entries.filter(entry -> entry.getFileName().toString().startsWith(TEMPORARY)).toList()) {
                    DurableFiles.removeTree(left);
                }
            }
            return new LayerStore(layers, contents, unpacker, targets);
        } catch (IOException failure) {
            throw DiskFailure.of("open the layers in " + layers, failure);
        }
    }

    /// Unpacks those layers that are not there yet. The caller holds a lease on all chain ids.
    ///
    /// @param image all layers of one image, lowest first
    /// @return the layers' root directories, lowest first
    /// @throws io.jorch.api.error.JorchException what is wrong with a layer; lower ones may stay, whole
    public List<Path> unpack(List<LayerBlob> image) {
        Deque<KeyedLocks.Held> locks = new ArrayDeque<>();
        try {
            List<LayerBlob> missing = new ArrayList<>();
            for (LayerBlob layer : image) {
                if (!contains(layer.chainId())) {
                    // Chain ids name all that is below, so everybody takes these locks in the same order.
                    locks.push(writers.lock(layer.chainId()));
                    if (!contains(layer.chainId())) {
                        missing.add(layer);
                    }
                }
            }
            if (!missing.isEmpty()) {
                new ParallelUnpack(this, image).run(missing);
            }
            return image.stream().map(layer -> root(layer.chainId())).toList();
        } finally {
            locks.forEach(KeyedLocks.Held::close);
        }
    }

    public boolean contains(Digest chainId) {
        return Files.isDirectory(directory(chainId));
    }

    /// Bytes of its regular files; empty when it isn't unpacked.
    public Optional<Long> bytes(Digest chainId) {
        try {
            return Optional.of(LayerInfo.read(Files.readAllBytes(directory(chainId).resolve("info"))).bytes());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw DiskFailure.of("look at layer " + chainId, failure);
        }
    }

    ContentStore contents() {
        return contents;
    }

    LayerUnpacker unpacker() {
        return unpacker;
    }

    LayerTarget.Factory targets() {
        return targets;
    }

    Path temporary() throws IOException {
        return Files.createDirectory(layers.resolve(TEMPORARY + UUID.randomUUID()));
    }

    Path root(Digest chainId) {
        return directory(chainId).resolve("fs");
    }

    void publish(Path temporary, Digest chainId) throws IOException {
        DurableFiles.publish(temporary, directory(chainId));
    }

    List<Digest> all() {
        List<Digest> chains = new ArrayList<>();
        try (Stream<Path> entries = Files.list(layers)) {
            entries.forEach(entry -> {
                String name = entry.getFileName().toString();
                Digest.find("sha256:" + name).or(() -> Digest.find("sha512:" + name)).ifPresent(chains::add);
            });
        } catch (IOException failure) {
            throw DiskFailure.of("list layers", failure);
        }
        return chains;
    }

    /// Takes a layer out of sight; the answer is to be removed.
    Path hide(Digest chainId) {
        try {
            Path hidden = layers.resolve(TEMPORARY + UUID.randomUUID());
            Files.move(directory(chainId), hidden, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            return hidden;
        } catch (IOException failure) {
            throw DiskFailure.of("remove layer " + chainId, failure);
        }
    }

    private Path directory(Digest chainId) {
        return layers.resolve(chainId.hex());
    }
}
