package io.jorch.api.docker;

import io.jorch.api.json.Absent;
import io.jorch.api.spec.SwarmSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /swarm/init`.
///
/// @param listenAddr,advertiseAddr `address:port` or `interface:port`; empty: chosen
/// @param dataPathPort UDP port of VXLAN; 0: 4789
/// @param defaultAddrPool CIDRs that networks are cut from; empty: 10.0.0.0/8
/// @param subnetSize prefix length of those networks; 0: 24
/// @param availability the node's: `active` (default), `pause`, `drain`
public record SwarmInitRequest(String listenAddr, String advertiseAddr, String dataPathAddr, int dataPathPort,
        List<String> defaultAddrPool, boolean forceNewCluster, int subnetSize, @Nullable SwarmSpec spec,
        boolean autoLockManagers, String availability) {
    public SwarmInitRequest {
        listenAddr = Absent.text(listenAddr);
        advertiseAddr = Absent.text(advertiseAddr);
        dataPathAddr = Absent.text(dataPathAddr);
        defaultAddrPool = Absent.list(defaultAddrPool);
        availability = Absent.text(availability);
    }
}
