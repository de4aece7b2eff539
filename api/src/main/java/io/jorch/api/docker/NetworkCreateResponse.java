package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jorch.api.json.Absent;

/// The answer of `POST /networks/create`.
public record NetworkCreateResponse(String id, @JsonInclude(JsonInclude.Include.ALWAYS) String warning) {
    public NetworkCreateResponse {
        warning = Absent.text(warning);
    }
}
