package io.jorch.images;

import io.jorch.api.object.ImagePin;
import io.jorch.images.catalog.ImageCatalog;
import io.jorch.images.catalog.LocalImage;
import io.jorch.images.model.Digest;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.LayerStore;
import io.jorch.images.store.Leases;
import java.util.Optional;

/// From a pin to unpacked layers, with what the node has.
final class ImagePreparation {
    private final ContentStore contents;
    private final LayerStore layers;
    private final ImageCatalog catalog;

    ImagePreparation(ContentStore contents, LayerStore layers, ImageCatalog catalog) {
        this.contents = contents;
        this.layers = layers;
        this.catalog = catalog;
    }

    /// The pinned image, if each of its layers is here, unpacked or not; held by the lease.
    Optional<LocalImage> local(ImagePin pin, Leases.Lease lease) {
        Optional<LocalImage> found = pin.digest().isEmpty()
                ? catalog.find(pin.reference())
                : catalog.find(Digest.parse(pin.digest()));
        // Held first and looked at then: the collector may have been about to take something.
        found.ifPresent(image -> image.content().forEach(lease::hold));
        return found.filter(image -> image.layers().stream()
                .allMatch(layer -> layers.contains(layer.chainId()) || contents.contains(layer.blob())));
    }

    UnpackedImage unpack(LocalImage image, Leases.Lease lease) {
        image.content().forEach(lease::hold);
        return new UnpackedImage(image.root().digest(), image.id(), image.config().config(),
                layers.unpack(image.layers()), lease);
    }
}
