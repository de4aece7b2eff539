package io.jorch.net.rules;

import java.util.Optional;
import java.util.stream.Collectors;

/// The base chains of the host's table: who may talk to whom, and whose address is rewritten.
final class HostChains {
    private HostChains() {
    }

    static String text(HostPolicy policy) {
        String legs = "\"" + policy.legPrefix() + "*\"";
        String anyLeg = "\"jo*\"";
        return guard(legs) + translation(policy, legs, anyLeg) + forwarding(legs, anyLeg) + input(policy, legs);
    }

    /// route_localnet, which 127.0.0.1 as a published address needs, would open the node's own loopback to its
    /// neighbours (CVE-2020-8558): so packets from a task that name it are dropped before anything else looks at them.
    private static String guard(String legs) {
        return """
                  chain guard {
                    type filter hook prerouting priority raw; policy accept;
                    iifname %1$s ip daddr 127.0.0.0/8 drop
                    iifname %1$s ip saddr 127.0.0.0/8 drop
                  }
                """.formatted(legs);
    }

    /// A client keeps its address, except where the answer would not come back this way: a task that calls itself,
    /// and a client on the node's loopback. `output` is for clients on the node.
    private static String translation(HostPolicy policy, String legs, String anyLeg) {
        String published = "fib daddr type local meta l4proto . th dport vmap @ports";
        String source = policy.ingress().map(ingress -> """
                    ip saddr . ip daddr @hairpin ct status dnat snat to %3$s
                    ip saddr 127.0.0.0/8 oifname %1$s snat to %3$s
                    ip saddr %4$s iifname %1$s oifname != %2$s masquerade
                """.formatted(legs, anyLeg, ingress.gateway(), ingress.subnet())).orElse("");
        return """
                  chain prerouting {
                    type nat hook prerouting priority dstnat; policy accept;
                    %1$s
                  }
                  chain output {
                    type nat hook output priority -100; policy accept;
                    %1$s
                  }
                  chain postrouting {
                    type nat hook postrouting priority srcnat; policy accept;
                %2$s  }
                """.formatted(published, source);
    }

    /// Tasks reach each other through published ports only (`ct status dnat`), and link-local addresses, where clouds
    /// keep their metadata services, never. An interface that we opened for forwarding serves tasks and nothing else.
    private static String forwarding(String legs, String anyLeg) {
        return """
                  chain forward {
                    type filter hook forward priority filter; policy accept;
                    iifname %1$s jump from-task
                    oifname %1$s jump to-task
                    iifname @opened oifname != %2$s drop
                  }
                  chain from-task {
                    ip daddr 169.254.0.0/16 reject with icmp type admin-prohibited
                    ct state established,related accept
                    ct status dnat accept
                    ip saddr @confined reject with icmp type admin-prohibited
                    oifname %2$s reject with icmp type admin-prohibited
                  }
                  chain to-task {
                    ct state established,related accept
                    ct status dnat accept
                    reject with icmp type admin-prohibited
                  }
                """.formatted(legs, anyLeg);
    }

    /// What a task may ask of the node itself: names, an echo, and by permission other services, never control ports.
    private static String input(HostPolicy policy, String legs) {
        Optional<String> gateway = policy.ingress().map(HostPolicy.Ingress::gateway);
        String service = gateway.map(address -> """
                    ip daddr %1$s meta l4proto { tcp, udp } th dport 53 accept
                    ip daddr %1$s icmp type echo-request accept
                """.formatted(address)).orElse("");
        String control = policy.controlPorts().isEmpty() ? ""
                : "    tcp dport { " + policy.controlPorts().stream().map(String::valueOf)
                        .collect(Collectors.joining(", ")) + " } reject with icmp type admin-prohibited\n";
        String rest = policy.nodeServices() ? "    accept\n" : "    reject with icmp type admin-prohibited\n";
        String outsiders = gateway.map(address -> "    ip daddr " + address + " iifname != \"lo\" drop\n").orElse("");
        return """
                  chain input {
                    type filter hook input priority filter; policy accept;
                    iifname %s goto to-node
                %s  }
                  chain to-node {
                    ct state established,related accept
                %s  }
                """.formatted(legs, outsiders, service + control + rest);
    }
}
