package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import io.jorch.api.object.Network;
import io.jorch.api.object.Service;
import io.jorch.api.spec.EndpointSpec;
import io.jorch.api.spec.PortConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Docker's `Service.Endpoint`: how the service is reached.
///
/// @param spec as the user wished
/// @param ports as published, with chosen numbers
public record EndpointView(@Nullable EndpointSpec spec, List<PortConfig> ports,
        @JsonProperty("VirtualIPs") List<VirtualAddress> virtualAddresses) {
    public EndpointView {
        ports = Absent.list(ports);
        virtualAddresses = Absent.list(virtualAddresses);
    }

    /// @param address with the prefix length of its network, e.g. `10.0.1.2/24`
    public record VirtualAddress(@JsonProperty("NetworkID") String networkId, @JsonProperty("Addr") String address) {
    }

    /// @param network by its id, or null
    public static EndpointView of(Service service, Function<String, @Nullable Network> network) {
        List<VirtualAddress> addresses = new ArrayList<>();
        for (Map.Entry<String, String> entry : service.virtualAddresses().entrySet()) {
            addresses.add(new VirtualAddress(entry.getKey(), inNetwork(entry.getValue(), network.apply(entry.getKey()))));
        }
        EndpointSpec wished = service.spec().endpointSpec();
        return new EndpointView(wished == null ? new EndpointSpec("", List.of()) : wished, service.ports(), addresses);
    }

    /// An address in the form `address/prefix`; alone when its network is gone.
    static String inNetwork(String address, @Nullable Network network) {
        int slash = network == null ? -1 : network.subnet().indexOf('/');
        return slash < 0 || network == null ? address : address + network.subnet().substring(slash);
    }
}
