package io.jorch.images.model;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads manifests, indexes and descriptors.
public final class ImageDocuments {
    /// Of a manifest, index or configuration (distribution-spec asks registries for 4 MiB at least).
    public static final int MAX_BYTES = 4 << 20;
    /// Overlayfs stacks at most 500 layers (Documentation/filesystems/overlayfs.rst).
    public static final int MAX_LAYERS = 500;
    private static final int MAX_MANIFESTS = 1000;

    private ImageDocuments() {
    }

    /// @param declared the media type that its descriptor or the registry's Content-Type gave; empty: none
    /// @throws JorchException CORRUPT when it is ambiguous, not what was declared, or malformed; UNSUPPORTED for an
    ///         artifact that is no image, and for the long dead schema 1
    public static ImageDocument parse(byte[] content, String declared) {
        JsonDocument document = JsonDocument.parse("image manifest", content).known(
                Set.of("schemaVersion", "mediaType", "config", "layers", "manifests", "fsLayers", "artifactType"));
        if (document.number("schemaVersion") != 2) {
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "the image has manifest schema 1: rebuild or re-push it with a current tool");
        }
        boolean manifest = document.has("config") || document.has("layers");
        // A document that is both would be run as one thing and verified as another (CVE-2021-41190).
        if (manifest == document.has("manifests") || document.has("fsLayers")) {
            throw document.refuse("is not exactly one of manifest and index");
        }
        MediaType type = mediaType(document, declared, manifest);
        return manifest ? manifest(document, type) : index(document, type);
    }

    private static MediaType mediaType(JsonDocument document, String declared, boolean manifest) {
        String own = document.text("mediaType");
        Optional<MediaType> declaredType = MediaType.find(declared).filter(MediaType::rootDocument);
        MediaType type;
        if (!own.isEmpty()) {
            type = MediaType.find(own).orElseThrow(() -> document.refuse("its mediaType '" + own + "' is not an image's"));
        } else {
            type = declaredType.orElse(manifest ? MediaType.OCI_MANIFEST : MediaType.OCI_INDEX);
            // Docker's documents must carry the field; OCI's may leave it out.
            if (type.family() == MediaType.Family.DOCKER) {
                throw document.refuse("has no mediaType");
            }
        }
        if (declaredType.isPresent() && declaredType.get() != type) {
            throw document.refuse("says it is " + type + " but came as " + declared);
        }
        if (type.role() != (manifest ? MediaType.Role.MANIFEST : MediaType.Role.INDEX)) {
            throw document.refuse("its content is not what its mediaType " + type + " says");
        }
        return type;
    }

    private static Manifest manifest(JsonDocument document, MediaType type) {
        Descriptor config = descriptor(document.object("config").orElseThrow(() -> document.refuse("has no config")));
        if (config.type().filter(found -> found.role() == MediaType.Role.CONFIG).isEmpty()) {
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "this is no container image but an artifact of type " + config.mediaType());
        }
        List<Descriptor> layers = document.objects("layers", MAX_LAYERS).stream().map(ImageDocuments::descriptor).toList();
        for (Descriptor layer : layers) {
            if (layer.type().filter(found -> found.role() == MediaType.Role.LAYER).isEmpty()) {
                throw new JorchException(ErrorCode.UNSUPPORTED, "the image has a layer of type " + layer.mediaType()
                        + ", which is not a plain, gzip or zstd tar");
            }
        }
        Manifest manifest = new Manifest(type, config, layers);
        for (Descriptor child : manifest.children()) {
            if (child.type().orElseThrow().family() != type.family()) {
                throw document.refuse("mixes media types: " + type + " with " + child.mediaType());
            }
        }
        return manifest;
    }

    private static ImageIndex index(JsonDocument document, MediaType type) {
        return new ImageIndex(type,
                document.objects("manifests", MAX_MANIFESTS).stream().map(ImageDocuments::descriptor).toList());
    }

    static Descriptor descriptor(JsonDocument document) {
        document.known(Set.of("mediaType", "digest", "size", "platform", "annotations", "urls", "data"));
        Optional<Platform> platform = document.object("platform")
                .map(value -> new Platform(value.text("os"), value.text("architecture"), value.text("variant")));
        return new Descriptor(document.text("mediaType"), document.digest("digest"), document.size("size"), platform,
                document.textMap("annotations"));
    }
}
