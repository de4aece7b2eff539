package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.Map;

/// Docker's `TaskSpec.LogDriver`.
public record LogDriver(String name, Map<String, String> options) {
    public LogDriver {
        name = Absent.text(name);
        options = Absent.map(options);
    }
}
