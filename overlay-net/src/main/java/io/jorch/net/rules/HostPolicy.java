package io.jorch.net.rules;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The part of the host's table that hardly ever changes; when it does, the table is replaced whole.
///
/// @param ingress the ingress network, once this node has heard of it
/// @param controlPorts TCP ports of the node that no task may reach, ever
/// @param nodeServices whether tasks may reach the node's other ports; off by default
/// @param opened interfaces that got forwarding switched on for this node, and must pass traffic to and from tasks only
public record HostPolicy(String table, String legPrefix, Optional<Ingress> ingress, SortedSet<Integer> controlPorts,
        boolean nodeServices, SortedSet<String> opened) {
    /// This node's place on the ingress network.
    ///
    /// @param subnet CIDR
    /// @param gateway this node's address on it, where the name service listens
    public record Ingress(String subnet, String gateway) {
    }

    public HostPolicy {
        controlPorts = new TreeSet<>(controlPorts);
        opened = new TreeSet<>(opened);
    }
}
