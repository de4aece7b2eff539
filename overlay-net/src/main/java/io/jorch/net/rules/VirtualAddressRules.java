package io.jorch.net.rules;

import io.jorch.net.rules.Table.Chain;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the table in a user network's own namespace must hold: its services' virtual addresses. Ports are kept as they
/// are, and every protocol is carried.
///
/// @param gateway the network's gateway, the source of a connection that a task makes to itself through its service
/// @param services by virtual address the tasks that serve, sorted; none means that connections are refused
public record VirtualAddressRules(String table, String gateway, SortedMap<String, List<String>> services) {
    private static final SortedMap<String, String> SETS = new TreeMap<>(Map.of("hairpin", "ipv4_addr . ipv4_addr"));

    public VirtualAddressRules {
        SortedMap<String, List<String>> sorted = new TreeMap<>();
        services.forEach((vip, addresses) -> sorted.put(vip, addresses.stream().sorted().distinct().toList()));
        services = sorted;
    }

    public Table asTable() {
        List<Chain> chains = List.of(
                new Chain("refused", "",
                        List.of("meta l4proto tcp reject with tcp reset", "reject with icmp type host-unreachable")),
                new Chain("prerouting", "type nat hook prerouting priority dstnat; policy accept;",
                        List.of("ip daddr vmap @vips")),
                new Chain("postrouting", "type nat hook postrouting priority srcnat; policy accept;",
                        List.of("ip saddr . ip daddr @hairpin ct status dnat snat to " + gateway)));
        SortedMap<String, Chain> chosen = new TreeMap<>();
        services.forEach((vip, addresses) -> chosen.put(vip, new Chain("v-" + vip, "",
                addresses.isEmpty() ? List.of("goto refused") : Nft.spread("", addresses, ""))));
        return new Table(table, new Table.Base(SETS, "ipv4_addr", chains),
                new TreeMap<>(Map.of("hairpin", services.values().stream().flatMap(List::stream).map(Nft::toItself)
                        .collect(Collectors.toCollection(TreeSet::new)))),
                "vips", chosen);
    }
}
