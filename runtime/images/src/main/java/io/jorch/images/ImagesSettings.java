package io.jorch.images;

import io.jorch.images.model.Digest;
import io.jorch.images.model.Platform;
import io.jorch.images.registry.RegistrySettings;
import io.jorch.images.unpack.LayerTarget;
import io.jorch.images.unpack.UnpackLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/// What a node's images need to know.
///
/// @param directory `DATA/images`; created if it isn't there
/// @param targets writes layers in the form that overlayfs reads
/// @param inUse digests (index, manifest or configuration) of the images that containers on this node use
/// @param clock for showing only
public record ImagesSettings(Path directory, RegistrySettings registries, UnpackLimits limits, Platform platform,
        LayerTarget.Factory targets, Supplier<Set<Digest>> inUse, InstantSource clock) {
    public static ImagesSettings of(Path directory, LayerTarget.Factory targets, Supplier<Set<Digest>> inUse) {
        return new ImagesSettings(directory, RegistrySettings.DEFAULT, UnpackLimits.DEFAULT, Platform.current(),
                targets, inUse, InstantSource.system());
    }

    public ImagesSettings withRegistries(RegistrySettings newRegistries) {
        return new ImagesSettings(directory, newRegistries, limits, platform, targets, inUse, clock);
    }
}
