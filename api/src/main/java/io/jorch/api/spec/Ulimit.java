package io.jorch.api.spec;

import io.jorch.api.json.Absent;

/// Docker's `Ulimit`: `name` is a resource without `RLIMIT_`, in lower case.
public record Ulimit(String name, long soft, long hard) {
    public Ulimit {
        name = Absent.text(name);
    }
}
