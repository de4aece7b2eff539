package io.jorch.images.model;

import java.util.List;
import java.util.Set;

/// `manifest.json` of what `docker save` writes (moby, image/spec).
///
/// @param config name of the configuration's file in the archive
/// @param repoTags familiar references
/// @param layers names of the layers' files, lowest first
public record DockerArchive(String config, List<String> repoTags, List<String> layers) {
    private static final int MAX_IMAGES = 1000;

    /// @throws io.jorch.api.error.JorchException CORRUPT
    public static List<DockerArchive> parse(byte[] content) {
        return JsonDocument.parseList("manifest.json", content, MAX_IMAGES).stream()
                .map(image -> image.known(Set.of("Config", "RepoTags", "Layers")))
                .map(image -> new DockerArchive(image.text("Config"), image.texts("RepoTags", MAX_IMAGES),
                        image.texts("Layers", ImageDocuments.MAX_LAYERS)))
                .toList();
    }
}
