package io.jorch.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jorch.api.json.Absent;
import java.util.List;

/// Docker's `DistributionInspect`: what a registry says a reference is now.
///
/// @param descriptor of the index or manifest that the reference names; its digest is what a service is pinned to
/// @param platforms all that the image has; a single manifest's platform comes from its config
public record DistributionInspect(OciDescriptor descriptor,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<OciPlatform> platforms) {
    public DistributionInspect {
        platforms = Absent.list(platforms);
    }
}
