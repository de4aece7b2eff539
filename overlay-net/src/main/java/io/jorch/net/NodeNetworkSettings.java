package io.jorch.net;

import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where a node's network is made and how.
///
/// @param names all daemons of one machine differ in it, and in the subnet of their ingress network
/// @param namespaces the folder that namespaces are bound in, `RUN/netns`
/// @param hostNamespace the network namespace that acts as the host's, normally [#OWN_NAMESPACE]
/// @param hostResolvConf whose name servers and search domains are used, normally `/etc/resolv.conf`
/// @param controlPorts TCP ports of the node itself that no task may reach
/// @param nodeServices whether tasks may reach other ports of the node; off unless an administrator asks for it
/// @param ingressMtu bytes; 1500 unless the way out is narrower
/// @param overlayMtu bytes; 50 less than what carries it, for VXLAN's headers
public record NodeNetworkSettings(NodeNames names, Path namespaces, Path hostNamespace, Path hostResolvConf,
        SortedSet<Integer> controlPorts, boolean nodeServices, int ingressMtu, int overlayMtu) {
    /// The namespace this process was started in.
    public static final Path OWN_NAMESPACE = Path.of("/proc/self/ns/net");

    public NodeNetworkSettings {
        controlPorts = new TreeSet<>(controlPorts);
    }

    /// The usual settings of a node.
    ///
    /// @param run the node's RUN folder
    public static NodeNetworkSettings of(NodeNames names, Path run, SortedSet<Integer> controlPorts) {
        return new NodeNetworkSettings(names, run.resolve("netns"), OWN_NAMESPACE, Path.of("/etc/resolv.conf"),
                controlPorts, false, 1500, 1450);
    }
}
