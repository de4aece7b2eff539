package io.jorch.net.rules;

import java.util.Comparator;

/// A port published on the node.
///
/// @param protocol `tcp` or `udp`
public record PortKey(String protocol, int port) implements Comparable<PortKey> {
    private static final Comparator<PortKey> ORDER = Comparator.comparing(PortKey::protocol)
            .thenComparingInt(PortKey::port);

    @Override
    public int compareTo(PortKey other) {
        return ORDER.compare(this, other);
    }

    String chain() {
        return "p-" + protocol + "-" + port;
    }

    String element() {
        return protocol + " . " + port;
    }
}
