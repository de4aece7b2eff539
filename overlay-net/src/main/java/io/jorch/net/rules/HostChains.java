package io.jorch.net.rules;

import io.jorch.net.rules.Table.Chain;
import java.util.ArrayList;
import java.util.List;

/// The base chains of the host's table: who may talk to whom, and whose address is rewritten.
final class HostChains {
    private static final String REFUSE = "reject with icmp type admin-prohibited";

    private final HostPolicy policy;
    private final String legs;
    private final String anyLeg = "\"jo*\"";

    private HostChains(HostPolicy policy) {
        this.policy = policy;
        this.legs = "\"" + policy.legPrefix() + "*\"";
    }

    static List<Chain> of(HostPolicy policy) {
        HostChains chains = new HostChains(policy);
        return List.of(chains.guard(), chains.translation("prerouting", "dstnat"), chains.translation("output", "-100"),
                chains.postrouting(), chains.fromTask(), chains.toTask(), chains.forward(), chains.toNode(),
                chains.input());
    }

    /// route_localnet, which 127.0.0.1 as a published address needs, would open the node's own loopback to its
    /// neighbours (CVE-2020-8558): so packets from a task that name it are dropped before anything else looks at them.
    private Chain guard() {
        return new Chain("guard", "type filter hook prerouting priority raw; policy accept;", List.of(
                "iifname " + legs + " ip daddr 127.0.0.0/8 drop", "iifname " + legs + " ip saddr 127.0.0.0/8 drop"));
    }

    /// `output` is for clients on the node itself. The name service stays where it is when a service publishes port 53.
    private Chain translation(String hook, String priority) {
        List<String> rules = new ArrayList<>();
        policy.ingress().map(HostPolicy.Ingress::gateway).ifPresent(gateway -> {
            rules.add("ip daddr " + gateway + " udp dport 53 accept");
            rules.add("ip daddr " + gateway + " tcp dport 53 accept");
        });
        rules.add("fib daddr type local meta l4proto . th dport vmap @ports");
        return new Chain(hook, "type nat hook " + hook + " priority " + priority + "; policy accept;", rules);
    }

    /// A client keeps its address, except where the answer would not come back this way: a task that calls itself, and
    /// a client on the node's loopback.
    private Chain postrouting() {
        List<String> rules = policy.ingress().map(ingress -> List.of(
                "ip saddr . ip daddr @hairpin ct status dnat snat to " + ingress.gateway(),
                "ip saddr 127.0.0.0/8 oifname " + legs + " snat to " + ingress.gateway(),
                "ip saddr " + ingress.subnet() + " iifname " + legs + " oifname != " + anyLeg + " masquerade"))
                .orElse(List.of());
        return new Chain("postrouting", "type nat hook postrouting priority srcnat; policy accept;", rules);
    }

    /// An interface that we opened for forwarding serves tasks and nothing else.
    private Chain forward() {
        return new Chain("forward", "type filter hook forward priority filter; policy accept;",
                List.of("iifname " + legs + " jump from-task", "oifname " + legs + " jump to-task",
                        "iifname @opened oifname != " + anyLeg + " drop"));
    }

    /// Tasks reach each other through published ports only (`ct status dnat`), and link-local addresses, where clouds
    /// keep their metadata services, never.
    private Chain fromTask() {
        return new Chain("from-task", "", List.of("ip daddr 169.254.0.0/16 " + REFUSE,
                "ct state established,related accept", "ct status dnat accept", "ip saddr @confined " + REFUSE,
                "oifname " + anyLeg + " " + REFUSE));
    }

    private Chain toTask() {
        return new Chain("to-task", "", List.of("ct state established,related accept", "ct status dnat accept", REFUSE));
    }

    private Chain input() {
        List<String> rules = new ArrayList<>(List.of("iifname " + legs + " goto to-node"));
        policy.ingress().ifPresent(ingress -> rules.add("ip daddr " + ingress.gateway() + " iifname != \"lo\" drop"));
        return new Chain("input", "type filter hook input priority filter; policy accept;", rules);
    }

    /// What a task may ask of the node itself: names, an echo, and by permission other services, never control ports.
    private Chain toNode() {
        List<String> rules = new ArrayList<>(List.of("ct state established,related accept"));
        policy.ingress().map(HostPolicy.Ingress::gateway).ifPresent(gateway -> {
            rules.add("ip daddr " + gateway + " udp dport 53 accept");
            rules.add("ip daddr " + gateway + " tcp dport 53 accept");
            rules.add("ip daddr " + gateway + " icmp type echo-request accept");
        });
        policy.controlPorts().forEach(port -> rules.add("tcp dport " + port + " " + REFUSE));
        rules.add(policy.nodeServices() ? "accept" : REFUSE);
        return new Chain("to-node", "", rules);
    }
}
