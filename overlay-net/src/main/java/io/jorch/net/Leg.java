package io.jorch.net;

import io.jorch.api.error.JorchException;
import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;

/// One attachment of a task to a network.
///
/// @param networkId 25 characters
/// @param ingress whether it is the cluster's ingress network, which is routed in the host's namespace
/// @param internal whether the network is internal; a task that is on internal networks only has no way out
/// @param gateway the network's gateway: a node's own address on it
/// @param address the task's address in the subnet
public record Leg(String networkId, boolean ingress, boolean internal, Ipv4Subnet subnet, Ipv4 gateway, Ipv4 address) {
    public Leg {
        if (!networkId.matches("[a-z0-9]{1,40}")) { // it becomes a file's name
            throw JorchException.invalid("networkId", "\"" + networkId + "\" is no id");
        }
        if (!subnet.contains(address) || !subnet.contains(gateway)) {
            throw JorchException.invalid("address",
                    address + " and its gateway " + gateway + " must both be in " + subnet);
        }
        if (address.equals(gateway)) {
            throw JorchException.invalid("address", address + " is the gateway's own");
        }
    }
}
