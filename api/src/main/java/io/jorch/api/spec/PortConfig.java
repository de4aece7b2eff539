package io.jorch.api.spec;

import io.jorch.api.json.Absent;

/// Docker's `EndpointPortConfig`.
///
/// @param protocol `tcp` (default), `udp`
/// @param publishedPort 0: chosen from 30000–32767 by the allocator
/// @param publishMode `ingress` (default) or `host`
public record PortConfig(String name, String protocol, int targetPort, int publishedPort, String publishMode) {
    public PortConfig {
        name = Absent.text(name);
        protocol = Absent.text(protocol);
        publishMode = Absent.text(publishMode);
    }

    public String protocolOrDefault() {
        return protocol.isEmpty() ? "tcp" : protocol;
    }

    public boolean onHost() {
        return "host".equals(publishMode);
    }

    public PortConfig publishedAt(int port) {
        return new PortConfig(name, protocol, targetPort, port, publishMode);
    }
}
