package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Network;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Docker's `NetworkAttachment`: a task's place on a network. The network is in the swarm half's own shape, which the
/// published schema doesn't describe (moby, `api/types/swarm/network.go`).
///
/// @param addresses in CIDR form
public record NetworkAttachmentView(AttachedNetwork network, List<String> addresses) {

    public record AttachedNetwork(@JsonProperty("ID") String id, ObjectVersion version, Instant createdAt,
            Instant updatedAt, Spec spec, DriverState driverState, @JsonProperty("IPAMOptions") Ipam ipamOptions) {
    }

    public record Spec(String name, Map<String, String> labels, DriverState driverConfiguration, boolean internal,
            boolean attachable, boolean ingress, String scope) {
    }

    public record DriverState(String name, Map<String, String> options) {
    }

    public record Ipam(IpamDriver driver, List<NetworkView.IpamConfig> configs) {
    }

    public record IpamDriver(String name) {
    }

    static NetworkAttachmentView of(Leg leg, Network network) {
        return new NetworkAttachmentView(
                new AttachedNetwork(network.id(), ObjectVersion.of(network.meta()), network.meta().createdAt(),
                        network.meta().updatedAt(),
                        new Spec(network.spec().name(), network.spec().labels(),
                                new DriverState("overlay", network.spec().options()), network.spec().internal(),
                                network.spec().attachable(), network.spec().ingress(), "swarm"),
                        new DriverState("overlay", NetworkView.options(network)),
                        new Ipam(new IpamDriver("default"), List.of(NetworkView.IpamConfig.of(network)))),
                List.of(EndpointView.inNetwork(leg.address(), network)));
    }
}
