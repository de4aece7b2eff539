package io.jorch.images.registry;

import java.time.Duration;
import java.util.Set;

/// How registries are spoken to.
///
/// @param insecure `host` or `host:port` that may be asked over plain http; `localhost` and 127.0.0.0/8 always may, as
///        in Docker
/// @param connect to a connection
/// @param answer from the request to the response's headers
/// @param stall without a byte of a body, after which the transfer is begun anew
/// @param retry of failures that may pass
/// @param layersAtOnce of one image
public record RegistrySettings(Set<String> insecure, Duration connect, Duration answer, Duration stall,
        RetryPolicy retry, int layersAtOnce) {
    public static final RegistrySettings DEFAULT = new RegistrySettings(Set.of(), Duration.ofSeconds(10),
            Duration.ofSeconds(30), Duration.ofSeconds(30), RetryPolicy.DEFAULT, 3);

    public RegistrySettings {
        insecure = Set.copyOf(insecure);
    }

    public RegistrySettings withInsecure(Set<String> hosts) {
        return new RegistrySettings(hosts, connect, answer, stall, retry, layersAtOnce);
    }
}
