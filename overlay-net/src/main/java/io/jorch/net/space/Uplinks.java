package io.jorch.net.space;

import io.jorch.net.NodeNames;
import io.jorch.net.netlink.RouteMessages;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The interfaces that lead out of the node. The kernel asks the interface that a packet came in by whether it may be
/// forwarded, so answers and clients from outside need forwarding there; we switch it on per interface, never
/// `ip_forward` for all. Which ones we switched is kept in the `opened` set of this node's own nftables table: it
/// survives a kill of the daemon, and is forgotten by a reboot just as the switches are. Daemons that share a machine
/// share the switches: the last of them puts them back.
final class Uplinks {
    private static final String TABLES = "jorch-";

    private final NodeNames names;
    private final RoutedSpace space;

    Uplinks(NodeNames names, RoutedSpace space) {
        this.names = names;
        this.space = space;
    }

    /// What must be open: what already is because of us or of another node here, and every other interface that is not
    /// a leg and does not forward yet. Record it in the table, then [#switchOn].
    SortedSet<String> wanted() {
        SortedSet<String> wanted = new TreeSet<>();
        tables().forEach(table -> wanted.addAll(read(table)));
        for (RouteMessages.Link link : space.links()) {
            if (!link.loopback() && !link.name().startsWith(NodeNames.ANY_LEG) && !isOn(link.name())) {
                wanted.add(link.name());
            }
        }
        return wanted;
    }

    void switchOn(Set<String> interfaces) {
        Set<String> present = new TreeSet<>(space.links().stream().map(RouteMessages.Link::name).toList());
        interfaces.stream().filter(present::contains).forEach(name -> set(name, "1"));
    }

    /// Puts back those that no other node needs.
    void close(Set<String> opened) {
        SortedSet<String> others = new TreeSet<>();
        tables().stream().filter(table -> !table.equals(names.table())).forEach(table -> others.addAll(read(table)));
        Set<String> present = new TreeSet<>(space.links().stream().map(RouteMessages.Link::name).toList());
        for (String name : opened) {
            if (!others.contains(name) && present.contains(name)) {
                set(name, "0");
            }
        }
    }

    /// What this node's table says, empty without one.
    SortedSet<String> opened() {
        return tables().contains(names.table()) ? read(names.table()) : new TreeSet<>();
    }

    private SortedSet<String> tables() {
        SortedSet<String> tables = NftListing.tables(space.nft("list tables ip"));
        tables.removeIf(table -> !table.startsWith(TABLES));
        return tables;
    }

    private SortedSet<String> read(String table) {
        SortedSet<String> quoted = NftListing.contents(space.nft("list set ip " + table + " opened")).sets()
                .getOrDefault("opened", new TreeSet<>());
        return quoted.stream().map(name -> name.replace("\"", "")).collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isOn(String name) {
        return space.in(() -> Sysctl.get("ipv4/conf/" + name + "/forwarding").equals("1"));
    }

    private void set(String name, String value) {
        space.in(() -> {
            Sysctl.set("ipv4/conf/" + name + "/forwarding", value);
            return true;
        });
    }
}
