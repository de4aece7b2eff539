package io.jorch.images.model;

import io.jorch.api.image.OciDescriptor;
import java.util.Map;
import java.util.Optional;

/// What a document says of another blob (image-spec, descriptor.md).
///
/// @param mediaType as written; [#type] if jorch knows it
/// @param size in bytes, never negative
public record Descriptor(String mediaType, Digest digest, long size, Optional<Platform> platform,
        Map<String, String> annotations) {
    public Descriptor {
        annotations = Map.copyOf(annotations);
    }

    public Descriptor(MediaType mediaType, Digest digest, long size) {
        this(mediaType.toString(), digest, size, Optional.empty(), Map.of());
    }

    public static Descriptor of(MediaType mediaType, byte[] content) {
        return new Descriptor(mediaType, Digest.sha256(content), content.length);
    }

    public Optional<MediaType> type() {
        return MediaType.find(mediaType);
    }

    public Descriptor withPlatform(Platform newPlatform) {
        return new Descriptor(mediaType, digest, size, Optional.of(newPlatform), annotations);
    }

    public Descriptor withAnnotations(Map<String, String> newAnnotations) {
        return new Descriptor(mediaType, digest, size, platform, newAnnotations);
    }

    public OciDescriptor view() {
        return new OciDescriptor(mediaType, digest.toString(), size, annotations,
                platform.map(Platform::view).orElse(null), "");
    }
}
