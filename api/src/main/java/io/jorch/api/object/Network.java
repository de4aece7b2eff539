package io.jorch.api.object;

import io.jorch.api.json.Absent;
import io.jorch.api.spec.NetworkSpec;

/// A network of the cluster.
///
/// @param subnet IPv4 CIDR; may overlap with another network's, but for ingress
/// @param gateway its first address
/// @param vni VXLAN id
public record Network(String id, Meta meta, NetworkSpec spec, String subnet, String gateway, int vni) implements StoredObject {
    public Network {
        id = Absent.text(id);
        subnet = Absent.text(subnet);
        gateway = Absent.text(gateway);
    }

    @Override
    public Network stamped(long index) {
        return new Network(id, meta.at(index), spec, subnet, gateway, vni);
    }
}
