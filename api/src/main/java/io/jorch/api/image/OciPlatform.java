package io.jorch.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.List;

/// Docker's `OCIPlatform`, in OCI's spelling (GOOS and GOARCH: `linux`, `amd64`). Empty fields are unknown.
public record OciPlatform(@JsonProperty("architecture") @JsonInclude(JsonInclude.Include.ALWAYS) String architecture,
        @JsonProperty("os") @JsonInclude(JsonInclude.Include.ALWAYS) String os,
        @JsonProperty("variant") String variant, @JsonProperty("os.version") String osVersion,
        @JsonProperty("os.features") List<String> osFeatures) {
    public OciPlatform {
        architecture = Absent.text(architecture);
        os = Absent.text(os);
        variant = Absent.text(variant);
        osVersion = Absent.text(osVersion);
        osFeatures = Absent.list(osFeatures);
    }

    public OciPlatform(String architecture, String os, String variant) {
        this(architecture, os, variant, "", List.of());
    }
}
