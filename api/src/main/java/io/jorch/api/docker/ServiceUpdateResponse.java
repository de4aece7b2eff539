package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jorch.api.json.Absent;
import java.util.List;

/// The answer of `POST /services/{id}/update` and of jorch's own rollout endpoints.
public record ServiceUpdateResponse(@JsonInclude(JsonInclude.Include.ALWAYS) List<String> warnings) {
    public ServiceUpdateResponse {
        warnings = Absent.list(warnings);
    }
}
