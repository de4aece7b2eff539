package io.jorch.images.registry;

import io.jorch.images.model.Descriptor;
import io.jorch.images.model.ImageDocument;

/// A manifest or index as it came: verified and parsed.
record Fetched(Descriptor descriptor, byte[] content, ImageDocument document) {
}
