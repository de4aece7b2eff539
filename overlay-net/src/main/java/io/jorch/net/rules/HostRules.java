package io.jorch.net.rules;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What this node's table in the host's namespace must hold. [#full] writes it whole and [#changesFrom] as the
/// difference to another; either is one nftables transaction, so that no packet sees half of it.
///
/// @param confined ingress addresses of tasks that have no way out, being on internal networks only
/// @param ports the published ports
public record HostRules(HostPolicy policy, SortedSet<String> confined, SortedMap<PortKey, PortTarget> ports) {
    public HostRules {
        confined = new TreeSet<>(confined);
        ports = new TreeMap<>(ports);
    }

    public String full() {
        StringBuilder text = new StringBuilder(Nft.replacing(policy.table()));
        text.append("table ip ").append(policy.table()).append(" {\n");
        set(text, "opened", "ifname", policy.opened().stream().map(name -> "\"" + name + "\"")
                .collect(Collectors.toCollection(TreeSet::new)));
        set(text, "confined", "ipv4_addr", confined);
        set(text, "hairpin", "ipv4_addr . ipv4_addr", hairpin());
        for (Map.Entry<PortKey, PortTarget> port : ports.entrySet()) {
            text.append("  chain ").append(port.getKey().chain()).append(" {\n    ")
                    .append(port.getValue().rule(port.getKey().protocol())).append("\n  }\n");
        }
        text.append("  map ports {\n    type inet_proto . inet_service : verdict\n");
        if (!ports.isEmpty()) {
            text.append("    elements = ").append(Nft.elements(ports.keySet().stream().map(HostRules::jump).toList()))
                    .append('\n');
        }
        text.append("  }\n");
        return text.append(HostChains.text(policy)).append("}\n").toString();
    }

    /// The commands that turn `previous` into this, empty when there is nothing to do.
    public String changesFrom(HostRules previous) {
        if (!policy.equals(previous.policy)) {
            return full();
        }
        TableChange change = new TableChange(policy.table());
        change.set("confined", previous.confined, confined);
        change.set("hairpin", previous.hairpin(), hairpin());
        for (PortKey gone : previous.ports.keySet()) {
            if (!ports.containsKey(gone)) {
                change.removeChain("ports", gone.element(), gone.chain());
            }
        }
        for (Map.Entry<PortKey, PortTarget> port : ports.entrySet()) {
            PortKey key = port.getKey();
            String rule = port.getValue().rule(key.protocol());
            PortTarget before = previous.ports.get(key);
            if (before == null) {
                change.addChain("ports", jump(key), key.chain(), rule);
            } else if (!before.equals(port.getValue())) {
                change.replaceChain(key.chain(), rule);
            }
        }
        return change.text();
    }

    private SortedSet<String> hairpin() {
        return ports.values().stream().flatMap(target -> target.addresses().stream()).map(Nft::toItself)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String jump(PortKey key) {
        return key.element() + " : goto " + key.chain();
    }

    private static void set(StringBuilder text, String name, String type, SortedSet<String> elements) {
        text.append("  set ").append(name).append(" {\n    type ").append(type).append('\n');
        if (!elements.isEmpty()) {
            text.append("    elements = ").append(Nft.elements(elements)).append('\n');
        }
        text.append("  }\n");
    }
}
