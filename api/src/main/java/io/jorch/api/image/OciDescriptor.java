package io.jorch.api.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Docker's `OCIDescriptor`: what a digest points at.
///
/// @param digest `sha256:…`
/// @param size in bytes
public record OciDescriptor(@JsonProperty("mediaType") String mediaType, @JsonProperty("digest") String digest,
        @JsonProperty("size") long size, @JsonProperty("annotations") Map<String, String> annotations,
        @JsonProperty("platform") @Nullable OciPlatform platform,
        @JsonProperty("artifactType") String artifactType) {
    public OciDescriptor {
        mediaType = Absent.text(mediaType);
        digest = Absent.text(digest);
        annotations = Absent.map(annotations);
        artifactType = Absent.text(artifactType);
    }
}
