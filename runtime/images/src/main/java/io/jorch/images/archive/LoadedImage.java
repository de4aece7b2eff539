package io.jorch.images.archive;

import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageReference;
import java.util.List;

/// An image of an archive, whole in the store and not yet named.
///
/// @param names that the archive gives it; may be empty
/// @param root manifest or index
/// @param id digest of the configuration for the wanted platform
public record LoadedImage(List<ImageReference> names, Descriptor root, Digest id) {
    public LoadedImage {
        names = List.copyOf(names);
    }
}
