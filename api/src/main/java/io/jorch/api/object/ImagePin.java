package io.jorch.api.object;

import io.jorch.api.json.Absent;
import io.jorch.api.spec.Platform;
import java.util.List;

/// An image resolved once, by a manager, so that every node runs the same bytes.
///
/// @param reference as the user wrote it, familiar form
/// @param digest of the index or manifest, `sha256:…`; empty: unresolved, a node's local image of that name is meant
/// @param platforms that the image has; empty: unknown
public record ImagePin(String reference, String digest, List<Platform> platforms) {
    public ImagePin {
        reference = Absent.text(reference);
        digest = Absent.text(digest);
        platforms = Absent.list(platforms);
    }

    /// `name:tag@digest`, what a node runs.
    public String pinned() {
        return digest.isEmpty() || reference.contains("@") ? reference : reference + "@" + digest;
    }
}
