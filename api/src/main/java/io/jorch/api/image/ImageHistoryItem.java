package io.jorch.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jorch.api.json.Absent;
import java.util.List;

/// One line of `GET /images/{name}/history`, newest first: Docker's `ImageHistoryResponseItem`.
///
/// @param id the image's id on the first line, `<missing>` on the others
/// @param created seconds since 1970
/// @param size bytes of the layer; 0 for a step that made none
public record ImageHistoryItem(String id, long created,
        @JsonInclude(JsonInclude.Include.ALWAYS) String createdBy,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> tags, long size,
        @JsonInclude(JsonInclude.Include.ALWAYS) String comment) {
    public ImageHistoryItem {
        createdBy = Absent.text(createdBy);
        tags = Absent.list(tags);
        comment = Absent.text(comment);
    }
}
