package io.jorch.worker.task;

import io.jorch.api.image.ImageConfig;
import io.jorch.worker.compose.ImageFiles;
import java.nio.file.Path;
import java.util.List;

/// An image that is on the node, checked and unpacked.
///
/// @param id digest of its configuration
/// @param layers unpacked, topmost first
/// @param files reads single files out of the layers
public record PreparedImage(String id, ImageConfig config, List<Path> layers, ImageFiles files) {
    public PreparedImage {
        layers = List.copyOf(layers);
    }
}
