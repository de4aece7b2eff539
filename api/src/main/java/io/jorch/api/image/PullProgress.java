package io.jorch.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import org.jspecify.annotations.Nullable;

/// One line of the stream that pull, push and load answer with: Docker's `CreateImageInfo` and `PushImageInfo`
/// without their deprecated fields. Written by [io.jorch.api.json.Json] it is the line that the docker CLI reads.
///
/// @param id what the line is about: a layer's first 12 digits, or a tag; empty: the whole
/// @param status e.g. `Downloading`
/// @param progressDetail null: this line carries no numbers
public record PullProgress(@JsonProperty("status") String status, @JsonProperty("id") String id,
        @JsonProperty("progressDetail") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Detail progressDetail) {
    public PullProgress {
        status = Absent.text(status);
        id = Absent.text(id);
    }

    public static PullProgress of(String status) {
        return new PullProgress(status, "", null);
    }

    public static PullProgress of(String id, String status) {
        return new PullProgress(status, id, null);
    }

    /// @param total bytes; 0: unknown
    public static PullProgress of(String id, String status, long current, long total) {
        return new PullProgress(status, id, new Detail(current, total));
    }

    /// @param current,total bytes
    public record Detail(@JsonProperty("current") long current, @JsonProperty("total") long total) {
    }
}
