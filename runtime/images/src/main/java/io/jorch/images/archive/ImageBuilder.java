package io.jorch.images.archive;

import io.jorch.api.image.ImageConfig;
import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.DocumentWriter;
import io.jorch.images.model.Manifest;
import io.jorch.images.model.MediaType;
import io.jorch.images.model.Platform;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.Leases;
import io.jorch.images.stream.DiskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes an image of layers: on nothing, or on another image that is in the store. Equal input gives equal digests.
public final class ImageBuilder {
    private final ContentStore contents;
    private final Leases.Lease lease;
    private final Instant created;
    private final Platform platform;
    private final List<Descriptor> layers = new ArrayList<>();
    private final List<Digest> diffIds = new ArrayList<>();
    private final List<ConfigDocument.History> history = new ArrayList<>();
    private ImageConfig config = ImageConfig.EMPTY;

    /// @param lease holds what is made until the caller has named it
    /// @param created the image's time, and its layers'
    public ImageBuilder(ContentStore contents, Leases.Lease lease, Platform platform, Instant created) {
        this.contents = contents;
        this.lease = lease;
        this.platform = platform;
        this.created = created;
    }

    /// Begins with another image's layers and configuration.
    public ImageBuilder from(Manifest manifest, ConfigDocument base) {
        manifest.children().forEach(child -> lease.hold(child.digest()));
        for (Descriptor layer : manifest.layers()) {
            // The new manifest is OCI's, so Docker's names of the same formats are translated.
            layers.add(new Descriptor(oci(layer), layer.digest(), layer.size()));
        }
        diffIds.addAll(base.diffIds());
        history.addAll(base.history());
        config = base.config();
        return this;
    }

    /// What goes into a layer.
    public interface Filling {
        void fill(LayerWriter layer) throws IOException;
    }

    /// @param createdBy how it came to be, for the history
    public ImageBuilder layer(String createdBy, Filling filling) {
        Path temporary = contents.scratchFile();
        try {
            Digest diffId;
            try (OutputStream output = Files.newOutputStream(temporary);
                    LayerWriter writer = new LayerWriter(output, created)) {
                filling.fill(writer);
                diffId = writer.finish();
            }
            try (InputStream input = Files.newInputStream(temporary)) {
                ContentStore.Stored stored = contents.put(input, lease);
                return layer(createdBy, new Descriptor(MediaType.OCI_LAYER_GZIP, stored.digest(), stored.size()), diffId);
            }
        } catch (IOException failure) {
            throw DiskFailure.of("write a layer", failure);
        } finally {
            discard(temporary);
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException failure) {
            throw DiskFailure.of("remove " + temporary, failure);
        }
    }

    /// A layer that is in the store.
    ImageBuilder layer(String createdBy, Descriptor layer, Digest diffId) {
        layers.add(layer);
        diffIds.add(diffId);
        history.add(new ConfigDocument.History(Optional.of(created), createdBy, "", false));
        return this;
    }

    /// What the image's containers get by default; begins with the base's.
    public ConfigChanges changes() {
        return new ConfigChanges(config);
    }

    public ImageBuilder config(ImageConfig newConfig) {
        config = newConfig;
        return this;
    }

    /// Stores configuration and manifest.
    public LoadedImage build() {
        byte[] configuration = DocumentWriter
                .config(new ConfigDocument(platform, Optional.of(created), "", config, diffIds, history));
        Descriptor configDescriptor = put(MediaType.OCI_CONFIG, configuration);
        Descriptor root = put(MediaType.OCI_MANIFEST,
                DocumentWriter.manifest(new Manifest(MediaType.OCI_MANIFEST, configDescriptor, layers)));
        return new LoadedImage(List.of(), root, configDescriptor.digest());
    }

    private Descriptor put(MediaType type, byte[] content) {
        lease.hold(Digest.sha256(content));
        return contents.put(type, content);
    }

    private static MediaType oci(Descriptor layer) {
        return switch (layer.type().orElseThrow()) {
            case DOCKER_LAYER, OCI_LAYER -> MediaType.OCI_LAYER;
            case DOCKER_LAYER_GZIP, OCI_LAYER_GZIP -> MediaType.OCI_LAYER_GZIP;
            case DOCKER_LAYER_ZSTD, OCI_LAYER_ZSTD -> MediaType.OCI_LAYER_ZSTD;
            case OCI_INDEX, OCI_MANIFEST, OCI_CONFIG, DOCKER_INDEX, DOCKER_MANIFEST, DOCKER_CONFIG ->
                throw new IllegalArgumentException(layer + " is no layer");
        };
    }
}
