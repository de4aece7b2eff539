package io.jorch.net.space;

import io.jorch.net.address.Ipv4;
import io.jorch.net.netlink.ConntrackMessages;
import io.jorch.net.netlink.NetlinkClient;
import io.jorch.net.rules.StaleFlows;
import io.jorch.net.rules.VirtualAddressRules;
import io.jorch.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A user network's own namespace on this node. It has no way to the host's, so subnets of different networks may be
/// the same, and it is deleted whole.
final class UserNetworkSpace implements NearSide, AutoCloseable {
    private final Path file;
    private final RoutedSpace space;
    private final Set<String> tasks = new HashSet<>();
    private final OwnTable table;
    private Optional<VirtualAddressRules> applied = Optional.empty();

    private UserNetworkSpace(Path file, RoutedSpace space, String table) {
        this.file = file;
        this.space = space;
        this.table = new OwnTable(space, table);
    }

    /// Takes over the namespace bound to the file, or makes one.
    static UserNetworkSpace open(Namespaces namespaces, Path file, Ipv4 gateway, String table) {
        boolean found = Namespaces.alive(file);
        if (!found) {
            Namespaces.remove(file);
        }
        Fd namespace = found ? Namespaces.open(file) : namespaces.create(file, UserNetworkSpace::prepare);
        try {
            UserNetworkSpace network = new UserNetworkSpace(file, RoutedSpace.open(namespaces, namespace), table);
            network.space.addLocalAddress(gateway, "");
            return network;
        } catch (RuntimeException failure) {
            namespace.close();
            if (!found) {
                Namespaces.remove(file);
            }
            throw failure;
        }
    }

    /// All interfaces to come are legs, so `default` speaks for them.
    private static void prepare() {
        Sysctl.set("ipv4/conf/all/forwarding", "1");
        Sysctl.set("ipv4/conf/all/send_redirects", "0");
        Sysctl.set("ipv4/conf/default/forwarding", "1");
        Sysctl.set("ipv4/conf/default/send_redirects", "0");
        Sysctl.set("ipv4/conf/default/rp_filter", "1"); // a task can't send in another's name
        Sysctl.withoutIpv6("default");
    }

    RoutedSpace routed() {
        return space;
    }

    /// The ids of the tasks with a leg here.
    Set<String> tasks() {
        return tasks;
    }

    /// In force in the kernel on return, for UDP flows that go on as well.
    void apply(VirtualAddressRules rules) {
        if (table.known() && applied.equals(Optional.of(rules))) {
            return;
        }
        SortedMap<String, List<String>> before = applied.map(VirtualAddressRules::services).orElseGet(TreeMap::new);
        table.apply(rules.asTable());
        applied = Optional.of(rules);
        rules.services().forEach((vip, addresses) -> {
            if (!addresses.equals(before.get(vip))) {
                space.conntrack().forget(ConntrackMessages.dumpUdpTo(Ipv4.parse("vip", vip)),
                        StaleFlows.ofService(addresses));
            }
        });
    }

    @Override
    public void addLeg(VethLeg leg, Fd task, NetlinkClient inTask) {
        space.addLeg(leg, task, inTask, () -> {
        });
    }

    /// Deletes the namespace with all that is in it.
    void remove() {
        close();
        Namespaces.remove(file);
    }

    /// Closes our handles; the network goes on.
    @Override
    public void close() {
        space.close();
        space.namespace().close();
    }
}
