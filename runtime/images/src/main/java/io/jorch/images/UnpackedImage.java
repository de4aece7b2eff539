package io.jorch.images;

import io.jorch.api.image.ImageConfig;
import io.jorch.images.model.Digest;
import io.jorch.images.store.Leases;
import java.nio.file.Path;
import java.util.List;

/// An image that is ready to run from. Until it is closed the collector leaves it; close it once what it is used for is
/// in the keep set, or is over.
public final class UnpackedImage implements AutoCloseable {
    private final Digest root;
    private final Digest id;
    private final ImageConfig config;
    private final List<Path> layers;
    private final Leases.Lease lease;

    UnpackedImage(Digest root, Digest id, ImageConfig config, List<Path> layers, Leases.Lease lease) {
        this.root = root;
        this.id = id;
        this.config = config;
        this.layers = List.copyOf(layers);
        this.lease = lease;
    }

    /// Digest of the index or manifest: what to keep while a container uses it.
    public Digest root() {
        return root;
    }

    /// Digest of the configuration: Docker's image id.
    public Digest id() {
        return id;
    }

    public ImageConfig config() {
        return config;
    }

    /// Root directories of the layers, lowest first. Read-only to all.
    public List<Path> layers() {
        return layers;
    }

    @Override
    public void close() {
        lease.close();
    }
}
