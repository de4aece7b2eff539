package io.jorch.images.archive;

import io.jorch.api.image.ImageConfig;
import io.jorch.api.image.ImportRequest;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.Platform;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.Leases;
import io.jorch.images.stream.DiskFailure;
import io.jorch.images.unpack.DeviceNode;
import io.jorch.images.unpack.EntryMetadata;
import io.jorch.images.unpack.LayerPath;
import io.jorch.images.unpack.LayerTarget;
import io.jorch.images.unpack.LayerUnpacker;
import io.jorch.images.unpack.UnpackReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Makes a one-layer image of a root filesystem's tar. It is gone through by the rules of layers before it becomes an
/// image, so what could not be unpacked is refused now and not when a task starts.
public final class RootfsImport {
    private final ContentStore contents;
    private final LayerUnpacker unpacker;

    public RootfsImport(ContentStore contents, LayerUnpacker unpacker) {
        this.contents = contents;
        this.unpacker = unpacker;
    }

    /// @param leftOver is told, when it fails, what was stored that wasn't there before
    public LoadedImage run(ImportRequest request, InputStream tar, Instant created, Leases.Lease lease,
            Consumer<Set<Digest>> leftOver) {
        ConfigChanges changes = new ConfigChanges(ImageConfig.EMPTY);
        request.changes().forEach(changes::instruction);
        Platform platform = Platform.parse(request.platform());
        ContentStore.Stored layer = contents.put(tar, lease);
        boolean done = false;
        try (InputStream blob = contents.open(layer.digest())) {
            UnpackReport report = unpacker.unpack(blob, new Nowhere(), Optional.empty());
            LoadedImage image = new ImageBuilder(contents, lease, platform, created)
                    .layer(request.message().isEmpty() ? "Imported from -" : request.message(), new Descriptor(
                            ArchiveLoader.layerType(contents, layer.digest()), layer.digest(), layer.size()),
                            report.diffId())
                    .config(changes.build()).build();
            done = true;
            return image;
        } catch (IOException failure) {
            throw DiskFailure.of("import an image", failure);
        } finally {
            if (!done && layer.added()) {
                leftOver.accept(Set.of(layer.digest()));
            }
        }
    }

    /// Takes a layer without writing it anywhere.
    private static final class Nowhere implements LayerTarget {
        @Override
        public void directory(LayerPath path) {
        }

        @Override
        public void metadata(LayerPath directory, EntryMetadata metadata) {
        }

        @Override
        public void file(LayerPath path, EntryMetadata metadata, InputStream content) throws IOException {
            content.transferTo(OutputStream.nullOutputStream());
        }

        @Override
        public void symlink(LayerPath path, EntryMetadata metadata, String text) {
        }

        @Override
        public void hardlink(LayerPath path, LayerPath existing) {
        }

        @Override
        public void device(LayerPath path, EntryMetadata metadata, DeviceNode device) {
        }

        @Override
        public void fifo(LayerPath path, EntryMetadata metadata) {
        }

        @Override
        public void whiteout(LayerPath path) {
        }

        @Override
        public void opaque(LayerPath directory) {
        }

        @Override
        public void finish() {
        }

        @Override
        public void close() {
        }
    }
}
