package io.jorch.net.space;

import io.jorch.net.address.Ipv4;
import io.jorch.net.netlink.NetlinkClient;
import io.jorch.net.netlink.RouteMessages;
import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.Nftables;
import io.jorch.runtime.linux.SyscallException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A namespace that routes between legs: the host's, or a user network's own. It holds netlink sockets and an
/// nftables context, all opened inside.
final class RoutedSpace implements AutoCloseable {
    private static final int LOOPBACK = 1; // the same in every namespace

    private final Namespaces namespaces;
    private final Fd namespace;
    private final NetlinkClient route;
    private final Nftables nftables;
    private final Conntrack conntrack;

    private RoutedSpace(Namespaces namespaces, Fd namespace, NetlinkClient route, Nftables nftables,
            Conntrack conntrack) {
        this.namespaces = namespaces;
        this.namespace = namespace;
        this.route = route;
        this.nftables = nftables;
        this.conntrack = conntrack;
    }

    static RoutedSpace open(Namespaces namespaces, Fd namespace) {
        return namespaces.in(namespace, () -> {
            List<AutoCloseable> opened = new ArrayList<>();
            try {
                NetlinkClient route = NetlinkClient.open(NetlinkClient.ROUTE);
                opened.add(route);
                Conntrack conntrack = Conntrack.open();
                opened.add(conntrack);
                return new RoutedSpace(namespaces, namespace, route, Nftables.open(), conntrack);
            } catch (RuntimeException failure) {
                closeAll(opened, failure);
                throw failure;
            }
        });
    }

    private static void closeAll(List<AutoCloseable> opened, RuntimeException failure) {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception another) {
                failure.addSuppressed(another);
            }
        }
    }

    Conntrack conntrack() {
        return conntrack;
    }

    Fd namespace() {
        return namespace;
    }

    <T> T in(Supplier<T> work) {
        return namespaces.in(namespace, work);
    }

    /// One nftables transaction.
    String nft(String commands) {
        return nftables.run(commands);
    }

    /// Makes the leg, near and far end, with all that both need; undoes what it did when a step fails.
    ///
    /// @param nearSwitches settings of the near end before it goes up; run inside this namespace
    void addLeg(VethLeg leg, Fd task, NetlinkClient inTask, Runnable nearSwitches) {
        route.execute(leg.create(task.number()));
        try {
            namespaces.run(namespace, nearSwitches);
            route.execute(leg.atNearEnd(index(leg.near())));
            inTask.execute(leg.inTask());
        } catch (RuntimeException failure) {
            deleteLink(leg.near());
            throw failure;
        }
    }

    /// Takes the route away at once; the pair itself goes with the task's namespace.
    void forgetLeg(String near, Ipv4 address) {
        try {
            route.execute(RouteMessages.deleteLinkRoute(address, index(near)));
        } catch (SyscallException failure) {
            if (failure.errno() != Errno.ENODEV && failure.errno() != Errno.ESRCH) { // gone already
                throw failure;
            }
        }
    }

    void deleteLink(String name) {
        try {
            route.execute(RouteMessages.deleteLink(name));
        } catch (SyscallException failure) {
            if (failure.errno() != Errno.ENODEV) {
                throw failure;
            }
        }
    }

    void addLocalAddress(Ipv4 address, String label) {
        route.execute(RouteMessages.setUp("lo"), RouteMessages.addAddress(LOOPBACK, address, label));
    }

    void deleteLocalAddress(Ipv4 address) {
        try {
            route.execute(RouteMessages.deleteAddress(LOOPBACK, address));
        } catch (SyscallException failure) {
            if (failure.errno() != Errno.EADDRNOTAVAIL) {
                throw failure;
            }
        }
    }

    List<RouteMessages.Address> addresses() {
        return route.ask(RouteMessages.dumpAddresses()).stream().flatMap(answer -> RouteMessages.address(answer).stream())
                .toList();
    }

    List<RouteMessages.Link> links() {
        return route.ask(RouteMessages.dumpLinks()).stream().map(RouteMessages::link).toList();
    }

    /// Closes our handles; what they made stays.
    @Override
    public void close() {
        nftables.close();
        conntrack.close();
        route.close();
    }

    private int index(String name) {
        return RouteMessages.link(route.ask(RouteMessages.getLink(name)).getFirst()).index();
    }
}
