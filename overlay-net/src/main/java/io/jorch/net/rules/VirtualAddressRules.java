package io.jorch.net.rules;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the table in a user network's own namespace must hold: its services' virtual addresses. Ports are kept as they
/// are, and every protocol is carried.
///
/// @param gateway the network's gateway, the source of a connection that a task makes to itself through its service
/// @param services by virtual address the tasks that serve, sorted; none means that connections are refused
public record VirtualAddressRules(String table, String gateway, SortedMap<String, List<String>> services) {
    public VirtualAddressRules {
        SortedMap<String, List<String>> sorted = new TreeMap<>();
        services.forEach((vip, addresses) -> sorted.put(vip, addresses.stream().sorted().distinct().toList()));
        services = sorted;
    }

    public String full() {
        StringBuilder text = new StringBuilder(Nft.replacing(table));
        text.append("table ip ").append(table).append(" {\n  set hairpin {\n    type ipv4_addr . ipv4_addr\n");
        SortedSet<String> hairpin = hairpin();
        if (!hairpin.isEmpty()) {
            text.append("    elements = ").append(Nft.elements(hairpin)).append('\n');
        }
        text.append("""
                  }
                  chain refused {
                    meta l4proto tcp reject with tcp reset
                    reject with icmp type host-unreachable
                  }
                """);
        for (Map.Entry<String, List<String>> service : services.entrySet()) {
            text.append("  chain ").append(chain(service.getKey())).append(" {\n    ").append(rule(service.getValue()))
                    .append("\n  }\n");
        }
        text.append("  map vips {\n    type ipv4_addr : verdict\n");
        if (!services.isEmpty()) {
            text.append("    elements = ")
                    .append(Nft.elements(services.keySet().stream().map(VirtualAddressRules::jump).toList()))
                    .append('\n');
        }
        return text.append("""
                  }
                  chain prerouting {
                    type nat hook prerouting priority dstnat; policy accept;
                    ip daddr vmap @vips
                  }
                  chain postrouting {
                    type nat hook postrouting priority srcnat; policy accept;
                    ip saddr . ip daddr @hairpin ct status dnat snat to %s
                  }
                }
                """.formatted(gateway)).toString();
    }

    /// The commands that turn `previous` into this, empty when there is nothing to do.
    public String changesFrom(VirtualAddressRules previous) {
        if (!table.equals(previous.table) || !gateway.equals(previous.gateway)) {
            return full();
        }
        TableChange change = new TableChange(table);
        change.set("hairpin", previous.hairpin(), hairpin());
        for (String gone : previous.services.keySet()) {
            if (!services.containsKey(gone)) {
                change.removeChain("vips", gone, chain(gone));
            }
        }
        for (Map.Entry<String, List<String>> service : services.entrySet()) {
            String vip = service.getKey();
            List<String> before = previous.services.get(vip);
            if (before == null) {
                change.addChain("vips", jump(vip), chain(vip), rule(service.getValue()));
            } else if (!before.equals(service.getValue())) {
                change.replaceChain(chain(vip), rule(service.getValue()));
            }
        }
        return change.text();
    }

    private SortedSet<String> hairpin() {
        return services.values().stream().flatMap(List::stream).map(Nft::toItself)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String rule(List<String> addresses) {
        return addresses.isEmpty() ? "goto refused" : "dnat to " + Nft.choice(addresses);
    }

    private static String jump(String vip) {
        return vip + " : goto " + chain(vip);
    }

    private static String chain(String vip) {
        return "v-" + vip;
    }
}
