package io.jorch.images.model;

import java.util.List;

/// What a reference can point at.
public sealed interface ImageDocument permits Manifest, ImageIndex {
    MediaType mediaType();

    /// The blobs that it names, in its order.
    List<Descriptor> children();
}
