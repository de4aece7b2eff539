package io.jorch.net.space;

import io.jorch.net.address.Ipv4;
import io.jorch.net.netlink.ConntrackMessages;
import io.jorch.net.netlink.ConntrackMessages.Flow;
import io.jorch.net.netlink.NetlinkClient;
import io.jorch.net.netlink.Request;
import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.SyscallException;
import java.util.List;
import java.util.function.Predicate;

/// The connections that one namespace follows.
final class Conntrack implements AutoCloseable {
    private final NetlinkClient client;

    private Conntrack(NetlinkClient client) {
        this.client = client;
    }

    /// For the namespace that the calling thread is in.
    static Conntrack open() {
        return new Conntrack(NetlinkClient.open(NetlinkClient.NETFILTER));
    }

    /// How many TCP connections are open to an endpoint, by whichever published port or virtual address they came.
    int openTo(Ipv4 endpoint) {
        return (int) flows(ConntrackMessages.dumpTcpAnsweredBy(endpoint)).stream().filter(Flow::open).count();
    }

    /// Forgets those of the listed flows that are stale.
    ///
    /// @return how many
    int forget(Request listed, Predicate<Flow> stale) {
        int forgotten = 0;
        for (Flow flow : flows(listed)) {
            if (stale.test(flow)) {
                delete(flow);
                forgotten++;
            }
        }
        return forgotten;
    }

    @Override
    public void close() {
        client.close();
    }

    private List<Flow> flows(Request listed) {
        return client.ask(listed).stream().flatMap(answer -> ConntrackMessages.flow(answer).stream()).toList();
    }

    private void delete(Flow flow) {
        try {
            client.execute(ConntrackMessages.delete(flow));
        } catch (SyscallException failure) {
            if (failure.errno() != Errno.ENOENT) { // it ended meanwhile
                throw failure;
            }
        }
    }
}
