package io.jorch.net.space;

import io.jorch.net.NodeNames;
import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import io.jorch.net.netlink.ConntrackMessages;
import io.jorch.net.netlink.NetlinkClient;
import io.jorch.net.netlink.RouteMessages;
import io.jorch.net.rules.HostRules;
import io.jorch.net.rules.PortKey;
import io.jorch.net.rules.PortTarget;
import io.jorch.net.rules.StaleFlows;
import io.jorch.runtime.linux.Fd;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// This node's part of the host's namespace: near ends of ingress legs, the gateway's address on `lo`, one nftables
/// table, and forwarding on the interfaces that lead out.
final class HostSpace implements NearSide, AutoCloseable {
    private final NodeNames names;
    private final RoutedSpace space;
    private final Uplinks uplinks;
    private final OwnTable table;
    private Optional<HostRules> applied = Optional.empty();
    private Optional<Ipv4> gateway = Optional.empty();

    private HostSpace(NodeNames names, RoutedSpace space, Uplinks uplinks) {
        this.names = names;
        this.space = space;
        this.uplinks = uplinks;
        this.table = new OwnTable(space, names.table());
    }

    static HostSpace open(Namespaces namespaces, NodeNames names) {
        RoutedSpace space = RoutedSpace.open(namespaces, namespaces.host());
        return new HostSpace(names, space, new Uplinks(names, space));
    }

    RoutedSpace routed() {
        return space;
    }

    Uplinks uplinks() {
        return uplinks;
    }

    OwnTable table() {
        return table;
    }

    /// In force in the kernel on return, for UDP flows that go on as well.
    void apply(HostRules rules) {
        if (table.known() && applied.equals(Optional.of(rules))) {
            return;
        }
        SortedMap<PortKey, PortTarget> before = applied.map(HostRules::ports).orElseGet(TreeMap::new);
        table.apply(rules.table());
        applied = Optional.of(rules);
        SortedMap<Integer, PortTarget> changed = StaleFlows.changedPorts(before, rules.ports());
        if (!changed.isEmpty() && rules.policy().ingress().isPresent()) {
            Ipv4Subnet ingress = Ipv4Subnet.parse("subnet", rules.policy().ingress().get().subnet());
            Set<Ipv4> local = space.addresses().stream().map(RouteMessages.Address::address).collect(Collectors.toSet());
            changed.forEach((port, target) -> space.conntrack().forget(ConntrackMessages.dumpUdpTo(port),
                    StaleFlows.ofPort(target, ingress, local)));
        }
    }

    /// Has the gateway's address answered on this node, in place of an earlier one.
    void gateway(Ipv4 address) {
        if (!gateway.equals(Optional.of(address))) {
            space.addLocalAddress(address, names.gatewayLabel());
            deleteGatewaysBut(Optional.of(address));
            gateway = Optional.of(address);
        }
    }

    private void deleteGatewaysBut(Optional<Ipv4> kept) {
        for (RouteMessages.Address found : space.addresses()) {
            if (found.label().equals(names.gatewayLabel()) && !kept.equals(Optional.of(found.address()))) {
                space.deleteLocalAddress(found.address());
            }
        }
    }

    @Override
    public void addLeg(VethLeg leg, Fd task, NetlinkClient inTask) {
        space.addLeg(leg, task, inTask, () -> {
            String conf = "ipv4/conf/" + leg.near() + "/";
            Sysctl.withoutIpv6(leg.near());
            Sysctl.set(conf + "forwarding", "1");
            Sysctl.set(conf + "rp_filter", "1"); // a task can't send in another's name
            Sysctl.set(conf + "route_localnet", "1"); // a client on 127.0.0.1, see HostChains.guard
            Sysctl.set(conf + "send_redirects", "0");
        });
    }

    /// Deletes legs of this node whose names are not wanted: their namespaces' files are lost.
    void sweepLegs(Set<String> wanted) {
        for (RouteMessages.Link link : space.links()) {
            if (link.name().startsWith(names.legPrefix()) && !wanted.contains(link.name())) {
                space.deleteLink(link.name());
            }
        }
    }

    /// Takes away the table, the gateway and what was opened for forwarding. Legs go with their tasks' namespaces.
    void removeAll() {
        uplinks.close(uplinks.opened());
        table.delete();
        applied = Optional.empty();
        deleteGatewaysBut(Optional.empty());
        gateway = Optional.empty();
        sweepLegs(Set.of());
    }

    @Override
    public void close() {
        space.close();
    }
}
