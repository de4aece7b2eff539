package io.jorch.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jorch.api.json.Absent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of `GET /images/json`: Docker's `ImageSummary`. The fields that Docker requires are written even if empty.
///
/// @param id digest of the image's configuration for the node's platform, `sha256:…`
/// @param created seconds since 1970
/// @param size bytes of all layers, as unpacked where they are, else as stored
/// @param sharedSize bytes of layers that other images have too; -1: not asked for
/// @param containers that use the image; -1: not counted
public record ImageSummary(String id, @JsonInclude(JsonInclude.Include.ALWAYS) String parentId,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> repoTags,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> repoDigests, long created, long size, long sharedSize,
        @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, String> labels, long containers,
        @Nullable OciDescriptor descriptor) {
    public ImageSummary {
        parentId = Absent.text(parentId);
        repoTags = Absent.list(repoTags);
        repoDigests = Absent.list(repoDigests);
        labels = Absent.map(labels);
    }
}
