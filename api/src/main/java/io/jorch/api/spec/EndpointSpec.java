package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.List;

/// Docker's `EndpointSpec`.
///
/// @param mode `vip` (default) or `dnsrr`
public record EndpointSpec(String mode, List<PortConfig> ports) {
    public EndpointSpec {
        mode = Absent.text(mode);
        ports = Absent.list(ports);
    }

    public static final EndpointSpec NONE = new EndpointSpec("vip", List.of());
}
