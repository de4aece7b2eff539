package io.jorch.net.space;

import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import io.jorch.net.address.MacAddress;
import io.jorch.net.netlink.Request;
import io.jorch.net.netlink.RouteMessages;
import java.util.List;
import java.util.OptionalInt;

/// One leg as messages: a veth pair whose near end is in the host's or in a user network's namespace and whose far end
/// is the task's `ethN`. Both ends know each other's hardware address beforehand, so nothing is ever asked by ARP and
/// nobody can answer in another's name.
///
/// @param near the name of the near end
/// @param position 0 for `eth0`
/// @param address the task's
/// @param reach what the task reaches through it: everything for the ingress leg, else the network's subnet
/// @param mtu bytes
record VethLeg(String near, int position, Ipv4 address, Ipv4Subnet reach, int mtu) {
    /// The gateway on every leg. It is link-local, so it takes no address of any subnet.
    static final Ipv4 NEXT_HOP = Ipv4.parse("gateway", "169.254.1.1");

    /// In a namespace that we made the numbers above that of `lo` are free.
    private int farIndex() {
        return position + 2;
    }

    String far() {
        return "eth" + position;
    }

    /// @param task a descriptor of the task's namespace
    Request create(int task) {
        return RouteMessages.addVeth(
                new RouteMessages.VethEnd(near, 0, MacAddress.GATEWAY, OptionalInt.empty()),
                new RouteMessages.VethEnd(far(), farIndex(), MacAddress.of(address), OptionalInt.of(task)), mtu);
    }

    /// For the socket in the task's namespace.
    List<Request> inTask() {
        return List.of(RouteMessages.setUp(far()), RouteMessages.addAddress(farIndex(), address, ""),
                RouteMessages.addNeighbour(farIndex(), NEXT_HOP, MacAddress.GATEWAY),
                RouteMessages.addRoute(reach, NEXT_HOP, farIndex()));
    }

    /// For the socket on the near side, once its interface's number is known.
    List<Request> atNearEnd(int index) {
        return List.of(RouteMessages.setUp(near),
                RouteMessages.addNeighbour(index, address, MacAddress.of(address)),
                RouteMessages.addLinkRoute(address, index));
    }
}
