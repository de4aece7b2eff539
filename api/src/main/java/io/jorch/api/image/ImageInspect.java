package io.jorch.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /images/{name}/json`: Docker's `ImageInspect`.
///
/// @param id digest of the image's configuration
/// @param created null: the image doesn't say
/// @param descriptor of the manifest or index that the name points at
/// @param size bytes of all layers
public record ImageInspect(String id, @Nullable OciDescriptor descriptor,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> repoTags,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> repoDigests,
        @JsonInclude(JsonInclude.Include.ALWAYS) String parent, @JsonInclude(JsonInclude.Include.ALWAYS) String comment,
        @Nullable Instant created, @JsonInclude(JsonInclude.Include.ALWAYS) String author, ImageConfig config,
        @JsonInclude(JsonInclude.Include.ALWAYS) String architecture, String variant,
        @JsonInclude(JsonInclude.Include.ALWAYS) String os, String osVersion, long size,
        @JsonProperty("RootFS") RootFs rootFs, Metadata metadata) {
    public ImageInspect {
        repoTags = Absent.list(repoTags);
        repoDigests = Absent.list(repoDigests);
        parent = Absent.text(parent);
        comment = Absent.text(comment);
        author = Absent.text(author);
        architecture = Absent.text(architecture);
        variant = Absent.text(variant);
        os = Absent.text(os);
        osVersion = Absent.text(osVersion);
    }

    /// @param type always `layers`
    /// @param layers digests of the uncompressed layers (OCI's diff_ids), lowest first
    public record RootFs(String type, @JsonInclude(JsonInclude.Include.ALWAYS) List<String> layers) {
        public RootFs {
            layers = Absent.list(layers);
        }
    }

    /// @param lastTagTime when the image was last tagged on this node; null: never
    public record Metadata(@Nullable Instant lastTagTime) {
    }
}
