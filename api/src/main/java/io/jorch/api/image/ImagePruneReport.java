package io.jorch.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jorch.api.json.Absent;
import java.util.List;

/// The answer of `POST /images/prune`.
///
/// @param spaceReclaimed bytes
public record ImagePruneReport(@JsonInclude(JsonInclude.Include.ALWAYS) List<ImageDeleteItem> imagesDeleted,
        long spaceReclaimed) {
    public ImagePruneReport {
        imagesDeleted = Absent.list(imagesDeleted);
    }
}
