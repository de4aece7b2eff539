package io.jorch.api.object;

import io.jorch.api.json.Absent;
import java.util.List;

/// A task's place on a network.
///
/// @param address IPv4, without a prefix length
public record Leg(String networkId, String address, List<String> aliases) {
    public Leg {
        networkId = Absent.text(networkId);
        address = Absent.text(address);
        aliases = Absent.list(aliases);
    }
}
