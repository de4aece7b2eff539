package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.List;

/// The answer of `POST /services/create`.
public record ServiceCreateResponse(@JsonProperty("ID") String id, List<String> warnings) {
    public ServiceCreateResponse {
        warnings = Absent.list(warnings);
    }
}
