package io.jorch.images.catalog;

import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.Manifest;
import io.jorch.images.store.LayerBlob;
import io.jorch.images.store.NamedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An image that the node has, under all of its names.
///
/// @param names of one id; never empty
/// @param root manifest or index of the first name
/// @param image the manifest of the node's platform
public record LocalImage(List<NamedImage> names, Descriptor root, Descriptor image, Manifest manifest,
        ConfigDocument config) {
    public LocalImage {
        names = List.copyOf(names);
    }

    /// Digest of the configuration: what Docker calls the image's id.
    public Digest id() {
        return manifest.config().digest();
    }

    public List<LayerBlob> layers() {
        return LayerBlob.of(manifest, config);
    }

    /// Familiar names with tags.
    public List<String> repoTags() {
        return references().stream().filter(name -> !name.tag().isEmpty()).map(name -> name.withoutDigest().familiar())
                .sorted().toList();
    }

    public List<String> repoDigests() {
        return names.stream().flatMap(named -> named.name().stream()
                .map(name -> name.familiarName() + "@" + named.root().digest())).distinct().sorted().toList();
    }

    public List<ImageReference> references() {
        return names.stream().flatMap(named -> named.name().stream()).toList();
    }

    /// No tag points at it.
    public boolean dangling() {
        return repoTags().isEmpty();
    }

    /// All by which a container may refer to it.
    public Set<Digest> identities() {
        Set<Digest> all = new HashSet<>(Set.of(image.digest(), id()));
        names.forEach(named -> all.add(named.root().digest()));
        return all;
    }

    /// Every blob and chain that it needs.
    public Set<Digest> content() {
        Set<Digest> all = new HashSet<>(identities());
        manifest.children().forEach(child -> all.add(child.digest()));
        layers().forEach(layer -> all.add(layer.chainId()));
        return all;
    }
}
