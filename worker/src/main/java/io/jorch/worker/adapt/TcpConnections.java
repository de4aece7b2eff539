package io.jorch.worker.adapt;

import java.util.Collection;
import java.util.Set;

/// Reads `/proc/net/tcp` and `tcp6` of a network namespace (proc_net_tcp in the kernel's documentation): pure.
final class TcpConnections {
    private static final String ESTABLISHED = "01";
    /// 127.0.0.1 in the table's byte order, plain and mapped: a task's talk with itself is nobody's connection.
    private static final Set<String> LOOPBACK = Set.of("0100007F", "0000000000000000FFFF00000100007F",
            "00000000000000000000000001000000");

    private TcpConnections() {
    }

    /// How many are open from elsewhere to these local ports.
    static int count(String table, Collection<Integer> ports) {
        return (int) table.lines().skip(1).map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 3 && fields[3].equals(ESTABLISHED))
                .filter(fields -> ports.contains(port(fields[1])) && !LOOPBACK.contains(address(fields[2]))).count();
    }

    private static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1), 16);
    }

    private static String address(String endpoint) {
        return endpoint.substring(0, endpoint.indexOf(':'));
    }
}
