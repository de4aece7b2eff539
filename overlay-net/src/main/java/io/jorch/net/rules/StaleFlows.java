package io.jorch.net.rules;

import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import io.jorch.net.netlink.ConntrackMessages.Flow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// UDP has no connections that end: as long as a client goes on sending, the kernel goes on translating as it did for
/// the first packet. So what changed endpoints would keep talking to one that is gone, unless its flows are forgotten.
/// TCP connections are left alone, they end by themselves.
public final class StaleFlows {
    private StaleFlows() {
    }

    /// Which UDP ports' flows to look at: those whose target differs.
    ///
    /// @param before empty when it is not known, after a restart
    public static SortedMap<Integer, PortTarget> changedPorts(Map<PortKey, PortTarget> before,
            Map<PortKey, PortTarget> after) {
        SortedMap<Integer, PortTarget> changed = new TreeMap<>();
        before.forEach((key, target) -> {
            if (key.protocol().equals("udp") && !after.containsKey(key)) {
                changed.put(key.port(), new PortTarget(target.port(), List.of()));
            }
        });
        after.forEach((key, target) -> {
            if (key.protocol().equals("udp") && !target.equals(before.get(key))) {
                changed.put(key.port(), target);
            }
        });
        return changed;
    }

    /// Flows to a published port that are answered by a task that serves it no longer, or by the node itself.
    ///
    /// @param local the node's own addresses
    public static Predicate<Flow> ofPort(PortTarget target, Ipv4Subnet ingress, Set<Ipv4> local) {
        Set<Ipv4> serving = target.addresses().stream().map(text -> Ipv4.parse("address", text))
                .collect(Collectors.toSet());
        return flow -> !serving.contains(flow.answering()) && (ingress.contains(flow.answering())
                || (flow.answering().equals(flow.destination()) && local.contains(flow.destination())));
    }

    /// Flows to a virtual address that are answered by a task that serves no longer.
    public static Predicate<Flow> ofService(Collection<String> addresses) {
        Set<Ipv4> serving = addresses.stream().map(text -> Ipv4.parse("address", text)).collect(Collectors.toSet());
        return flow -> !serving.contains(flow.answering());
    }
}
