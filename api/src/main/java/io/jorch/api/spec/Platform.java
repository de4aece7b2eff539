package io.jorch.api.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;

/// Docker's `Platform`, e.g. `x86_64` or `amd64`, and `linux`; empty means any.
public record Platform(String architecture, @JsonProperty("OS") String os) {
    public Platform {
        architecture = Absent.text(architecture);
        os = Absent.text(os);
    }
}
