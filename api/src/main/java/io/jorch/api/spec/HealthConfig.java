package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.List;

/// Docker's `HealthConfig`.
///
/// @param test empty: the image's; `["NONE"]`: none; `["CMD", …]`: exec; `["CMD-SHELL", command]`: by the image's shell
/// @param interval,timeout,startPeriod,startInterval nanoseconds, 0 means inherit: 30 s, 30 s, 0, 5 s
/// @param retries 0 means inherit: 3
public record HealthConfig(List<String> test, long interval, long timeout, int retries, long startPeriod,
        long startInterval) {
    public HealthConfig {
        test = Absent.list(test);
    }

    public boolean disabled() {
        return !test.isEmpty() && test.getFirst().equals("NONE");
    }
}
