package io.jorch.api.object;

import io.jorch.api.json.Absent;
import io.jorch.api.spec.SwarmSpec;
import java.util.List;

/// The one object of the cluster itself.
///
/// @param id the cluster's id, which is the Raft group's id
/// @param ingressNetworkId the network that every published service has a leg on
/// @param addressPools CIDRs from which user networks are cut, `subnetSize` bits each
/// @param idPool the host ids from which services get their ranges
/// @param featureLevel raised only when all members support it
/// @param workerToken,managerToken join tokens; never shown but by `join-token`
public record Cluster(String id, Meta meta, SwarmSpec spec, String ingressNetworkId, List<String> addressPools,
        int subnetSize, IdRange idPool, int featureLevel, String workerToken, String managerToken) implements StoredObject {
    public Cluster {
        id = Absent.text(id);
        ingressNetworkId = Absent.text(ingressNetworkId);
        addressPools = Absent.list(addressPools);
        workerToken = Absent.text(workerToken);
        managerToken = Absent.text(managerToken);
    }

    @Override
    public Cluster stamped(long index) {
        return new Cluster(id, meta.at(index), spec, ingressNetworkId, addressPools, subnetSize, idPool, featureLevel, workerToken, managerToken);
    }

    /// Without the tokens, so that no log line can carry them.
    @Override
    public String toString() {
        return "Cluster[id=" + id + ", version=" + meta.version() + "]";
    }
}
