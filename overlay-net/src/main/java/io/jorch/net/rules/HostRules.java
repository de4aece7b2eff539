package io.jorch.net.rules;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What this node's table in the host's namespace must hold.
///
/// @param confined ingress addresses of tasks that have no way out, being on internal networks only
/// @param ports the published ports
public record HostRules(HostPolicy policy, SortedSet<String> confined, SortedMap<PortKey, PortTarget> ports) {
    private static final SortedMap<String, String> SETS = new TreeMap<>(
            Map.of("opened", "ifname", "confined", "ipv4_addr", "hairpin", "ipv4_addr . ipv4_addr"));

    public HostRules {
        confined = new TreeSet<>(confined);
        ports = new TreeMap<>(ports);
    }

    public Table table() {
        SortedMap<String, SortedSet<String>> sets = new TreeMap<>();
        sets.put("opened", policy.opened().stream().map(name -> "\"" + name + "\"")
                .collect(Collectors.toCollection(TreeSet::new)));
        sets.put("confined", confined);
        sets.put("hairpin", ports.values().stream().flatMap(target -> target.addresses().stream()).map(Nft::toItself)
                .collect(Collectors.toCollection(TreeSet::new)));
        SortedMap<String, Table.Chain> chosen = new TreeMap<>();
        ports.forEach((key, target) -> chosen.put(key.element(),
                new Table.Chain(key.chain(), "", target.rules(key.protocol()))));
        List<Table.Chain> chains = HostChains.of(policy);
        return new Table(policy.table(), new Table.Base(SETS, "inet_proto . inet_service", chains), sets, "ports",
                chosen);
    }
}
