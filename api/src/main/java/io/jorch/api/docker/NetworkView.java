package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import io.jorch.api.object.Network;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Docker's `Network`.
///
/// @param enableIpv4 shown since API 1.48; null: not shown
/// @param containers of this node, by container id; only when one network is asked for
/// @param peers nodes that have tasks on it; only when one network is asked for
/// @param services by name; only with `verbose=true`
public record NetworkView(String name, @JsonProperty("Id") String id, Instant created, String scope, String driver,
        @JsonProperty("EnableIPv4") @Nullable Boolean enableIpv4, @JsonProperty("EnableIPv6") boolean enableIpv6,
        @JsonProperty("IPAM") Ipam ipam, boolean internal, boolean attachable, boolean ingress, ConfigFrom configFrom,
        boolean configOnly, @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, Container> containers,
        @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, String> options,
        @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, String> labels, List<Peer> peers,
        Map<String, NetworkServiceView> services) {
    /// Where Docker's overlay driver shows the VXLAN id.
    private static final String VXLAN_ID = "com.docker.network.driver.overlay.vxlanid_list";

    public NetworkView {
        containers = Absent.map(containers);
        options = Absent.map(options);
        labels = Absent.map(labels);
        peers = Absent.list(peers);
        services = Absent.map(services);
    }

    public record Ipam(String driver, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Map<String, String> options,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<IpamConfig> config) {
    }

    public record IpamConfig(String subnet, @JsonProperty("IPRange") String ipRange, String gateway) {
        static IpamConfig of(Network network) {
            return new IpamConfig(network.subnet(), network.spec().ipRange(), network.gateway());
        }
    }

    /// Always empty: jorch has no config-only networks.
    public record ConfigFrom(@JsonInclude(JsonInclude.Include.ALWAYS) String network) {
    }

    /// @param address in CIDR form
    public record Container(String name, @JsonProperty("EndpointID") String endpointId,
            @JsonInclude(JsonInclude.Include.ALWAYS) String macAddress, @JsonProperty("IPv4Address") String address,
            @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("IPv6Address") String address6) {
    }

    /// @param name a node's id
    public record Peer(String name, @JsonProperty("IP") String address) {
    }

    public static NetworkView of(Network network, boolean showIpv4) {
        return new NetworkView(network.spec().name(), network.id(), network.meta().createdAt(), "swarm", "overlay",
                showIpv4 ? Boolean.TRUE : null, false, new Ipam("default", null, List.of(IpamConfig.of(network))),
                network.spec().internal(), network.spec().attachable(), network.spec().ingress(),
                new ConfigFrom(""), false, Map.of(), options(network), network.spec().labels(), List.of(), Map.of());
    }

    public NetworkView with(Map<String, Container> newContainers, List<Peer> newPeers,
            Map<String, NetworkServiceView> newServices) {
        return new NetworkView(name, id, created, scope, driver, enableIpv4, enableIpv6, ipam, internal, attachable,
                ingress, configFrom, configOnly, newContainers, options, labels, newPeers, newServices);
    }

    static Map<String, String> options(Network network) {
        Map<String, String> options = new TreeMap<>(network.spec().options());
        options.put(VXLAN_ID, Integer.toString(network.vni()));
        return options;
    }
}
