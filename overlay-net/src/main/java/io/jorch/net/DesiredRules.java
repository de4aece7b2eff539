package io.jorch.net;

import io.jorch.api.error.JorchException;
import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.NetworkMap.NetworkView;
import io.jorch.api.message.NetworkMap.PortView;
import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import io.jorch.net.rules.HostPolicy;
import io.jorch.net.rules.HostRules;
import io.jorch.net.rules.PortKey;
import io.jorch.net.rules.PortTarget;
import io.jorch.net.rules.VirtualAddressRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the tables must hold, as a pure function of the node's settings, its tasks and the last network map.
///
/// @param opened interfaces that got forwarding switched on for us
/// @param tasks the tasks of this node
public record DesiredRules(NodeNetworkSettings settings, SortedSet<String> opened, Collection<TaskNetwork> tasks) {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp");

    /// The table in the host's namespace.
    ///
    /// @param map empty as long as this node has been sent none
    public HostRules host(Optional<NetworkMap> map) {
        HostPolicy policy = new HostPolicy(settings.names().table(), settings.names().legPrefix(),
                ingress(map), settings.controlPorts(), settings.nodeServices(), opened);
        SortedSet<String> confined = tasks.stream().filter(TaskNetwork::confined)
                .flatMap(task -> task.ingressLeg().stream()).map(leg -> leg.address().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        return new HostRules(policy, confined, map.map(this::ports).orElseGet(TreeMap::new));
    }

    /// The table in a user network's namespace.
    ///
    /// @param network not the ingress network
    public VirtualAddressRules network(NetworkView network) {
        SortedMap<String, List<String>> services = new TreeMap<>();
        network.services().forEach(service -> service.vip().ifPresent(vip -> services.put(checked(vip),
                service.endpoints().stream().filter(NetworkMap.EndpointView::serving)
                        .map(endpoint -> checked(endpoint.address())).toList())));
        return new VirtualAddressRules(settings.names().table(), checked(network.gateway()), services);
    }

    /// This node's place on the ingress network, from the map or else from a task's leg.
    public Optional<HostPolicy.Ingress> ingress(Optional<NetworkMap> map) {
        Optional<HostPolicy.Ingress> mapped = map.flatMap(known -> known.networks().stream().filter(NetworkView::ingress)
                .map(view -> new HostPolicy.Ingress(Ipv4Subnet.parse("subnet", view.subnet()).toString(),
                        checked(view.gateway()))).findFirst());
        return mapped.or(() -> tasks.stream().flatMap(task -> task.ingressLeg().stream())
                .map(leg -> new HostPolicy.Ingress(leg.subnet().toString(), leg.gateway().toString())).findFirst());
    }

    private SortedMap<PortKey, PortTarget> ports(NetworkMap map) {
        Set<String> local = tasks.stream().flatMap(task -> task.ingressLeg().stream())
                .map(leg -> leg.address().toString()).collect(Collectors.toSet());
        SortedMap<PortKey, PortTarget> ports = new TreeMap<>();
        for (PortView port : map.ports()) {
            if (!PROTOCOLS.contains(port.protocol())) {
                throw JorchException.invalid("Protocol", "\"" + port.protocol() + "\" is neither tcp nor udp");
            }
            List<String> addresses = port.addresses().stream().map(DesiredRules::checked)
                    .filter(address -> !port.onlyLocal() || local.contains(address)).toList();
            if (!port.onlyLocal() || !addresses.isEmpty()) {
                ports.merge(new PortKey(port.protocol(), port.published()), new PortTarget(port.target(), addresses),
                        DesiredRules::joined);
            }
        }
        return ports;
    }

    /// Whatever gets into the text of rules is an address, and nothing else.
    private static String checked(String address) {
        return Ipv4.parse("address", address).toString();
    }

    /// A service in host mode has one entry per task in some maps: they add up.
    private static PortTarget joined(PortTarget one, PortTarget other) {
        List<String> addresses = new ArrayList<>(one.addresses());
        addresses.addAll(other.addresses());
        return new PortTarget(one.port(), addresses);
    }
}
