package io.jorch.net.rules;

import java.util.List;

/// Where new connections to a published port go.
///
/// @param port the port in the task
/// @param addresses the tasks that serve it, sorted; none means that connections are refused, not left in silence
public record PortTarget(int port, List<String> addresses) {
    public PortTarget {
        addresses = addresses.stream().sorted().distinct().toList();
    }

    List<String> rules(String protocol) {
        if (!addresses.isEmpty()) {
            return Nft.spread("meta l4proto " + protocol + " ", addresses, ":" + port);
        }
        return List.of(protocol.equals("tcp") ? "reject with tcp reset" : "reject with icmp type port-unreachable");
    }
}
