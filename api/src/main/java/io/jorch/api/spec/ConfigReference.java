package io.jorch.api.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A config and where the task sees it: Docker's `ConfigReference`.
public record ConfigReference(@Nullable FileTarget file, @Nullable Map<String, Object> runtime,
        @JsonProperty("ConfigID") String configId, String configName) {
    public ConfigReference {
        configId = Absent.text(configId);
        configName = Absent.text(configName);
    }
}
