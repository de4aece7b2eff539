package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.List;
import java.util.Map;

/// A service on a network, as `network inspect --verbose` shows it (moby, `api/types/network.ServiceInfo`).
///
/// @param virtualAddress empty in dnsrr mode
/// @param localBalancer always 0: jorch balances by nftables, which has no IPVS index
public record NetworkServiceView(
        @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("VIP") String virtualAddress,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> ports,
        @JsonProperty("LocalLBIndex") int localBalancer,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<NetworkTaskView> tasks) {
    public NetworkServiceView {
        virtualAddress = Absent.text(virtualAddress);
        ports = Absent.list(ports);
        tasks = Absent.list(tasks);
    }

    /// @param info `Host IP`: the node's address
    public record NetworkTaskView(String name, @JsonProperty("EndpointID") String endpointId,
            @JsonProperty("EndpointIP") String address, Map<String, String> info) {
    }
}
