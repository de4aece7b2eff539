package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A probe that the worker runs itself, with nothing needed in the image.
///
/// @param type `http` (2xx and 3xx pass), `tcp` (a connection passes) or `exec` (exit code 0 passes)
/// @param port the task's port, for http and tcp
/// @param path the request path, for http; empty means `/`
/// @param command for exec
/// @param interval,timeout,startPeriod nanoseconds; null means 10 s, 5 s, 0
/// @param retries failures in a row that count as unhealthy; null means 3
public record Probe(String type, int port, String path, List<String> command, @Nullable Long interval,
        @Nullable Long timeout, @Nullable Long startPeriod, @Nullable Integer retries) {
    public Probe {
        type = Absent.text(type);
        path = Absent.text(path);
        command = Absent.list(command);
    }
}
