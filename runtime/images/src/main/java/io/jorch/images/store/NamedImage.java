package io.jorch.images.store;

import io.jorch.images.model.Descriptor;
import io.jorch.images.model.ImageReference;
import java.time.Instant;
import java.util.Optional;

/// An image that is kept, and under which name.
///
/// @param name with a tag: a name that people gave; with a digest only: how a pinned image was fetched; empty: an image
///        that was loaded or imported without a name
/// @param root manifest or index
public record NamedImage(Optional<ImageReference> name, Descriptor root, Instant since) {
    /// The key in the store: the full name, or `@` and the digest.
    public String key() {
        return name.map(ImageReference::toString).orElse("@" + root.digest());
    }

    /// Fetched by digest only: kept as long as it is in use, and no longer.
    public boolean pinnedOnly() {
        return name.filter(reference -> reference.tag().isEmpty()).isPresent();
    }

    public boolean anonymous() {
        return name.isEmpty();
    }
}
