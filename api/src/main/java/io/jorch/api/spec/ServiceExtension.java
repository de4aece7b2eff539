package io.jorch.api.spec;

import io.jorch.api.json.Absent;

/// What jorch adds to a [ServiceSpec].
///
/// @param autoUpdate `off` (default) or `digest`: follow the tag's digest in its registry with a health-gated rollout
public record ServiceExtension(String autoUpdate) {
    public ServiceExtension {
        autoUpdate = Absent.text(autoUpdate);
    }

    public boolean followsDigest() {
        return "digest".equals(autoUpdate);
    }
}
