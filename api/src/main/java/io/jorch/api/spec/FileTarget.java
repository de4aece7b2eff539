package io.jorch.api.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;

/// A file in the task.
///
/// @param mode permission bits, as a number (octal 0444 is 292)
public record FileTarget(String name, @JsonProperty("UID") String uid, @JsonProperty("GID") String gid, int mode) {
    public FileTarget {
        name = Absent.text(name);
        uid = Absent.text(uid);
        gid = Absent.text(gid);
    }
}
