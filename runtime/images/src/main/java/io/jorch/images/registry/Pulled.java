package io.jorch.images.registry;

import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Manifest;

/// An image that is in the store whole, for one platform, but has no name yet.
///
/// @param root what the reference names: the index, or the manifest itself
/// @param image the platform's manifest
/// @param fetched false: everything was there already
public record Pulled(Descriptor root, Descriptor image, Manifest manifest, ConfigDocument config, boolean fetched) {
}
