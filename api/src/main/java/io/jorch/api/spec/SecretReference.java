package io.jorch.api.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import org.jspecify.annotations.Nullable;

/// A secret and where the task sees it: Docker's `SecretReference`.
public record SecretReference(@Nullable FileTarget file, @JsonProperty("SecretID") String secretId,
        String secretName) {
    public SecretReference {
        secretId = Absent.text(secretId);
        secretName = Absent.text(secretName);
    }
}
