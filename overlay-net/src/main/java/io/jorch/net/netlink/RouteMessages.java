package io.jorch.net.netlink;

import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import io.jorch.net.address.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/// rtnetlink (`linux/rtnetlink.h`, `linux/if_link.h`): links, addresses, neighbours and routes, IPv4 only.
public final class RouteMessages {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_DELADDR = 21;
    private static final int RTM_GETADDR = 22;
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_DELROUTE = 25;
    private static final int RTM_NEWNEIGH = 28;

    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_NET_NS_FD = 28;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int VETH_INFO_PEER = 1;
    private static final int IFF_UP = 1;

    private static final int AF_UNSPEC = 0;
    private static final int AF_INET = 2;

    private RouteMessages() {
    }

    /// One end of a veth pair.
    ///
    /// @param index the interface's number, 0 to let the kernel choose; in a namespace of our own we know what is free
    /// @param namespace a descriptor of the network namespace it is made in, or empty for the socket's own
    public record VethEnd(String name, int index, MacAddress mac, OptionalInt namespace) {
    }

    /// Both ends in one message, both down: the kernel lets neither go up before it has its peer (ENOTCONN).
    public static Request addVeth(VethEnd near, VethEnd far, int mtu) {
        MessageWriter writer = new MessageWriter();
        end(writer, near, mtu);
        int info = writer.nest(IFLA_LINKINFO);
        writer.attributeText(IFLA_INFO_KIND, "veth");
        int data = writer.nest(IFLA_INFO_DATA);
        int peer = writer.nest(VETH_INFO_PEER);
        end(writer, far, mtu);
        writer.end(peer).end(data).end(info);
        return new Request("add link " + near.name(), RTM_NEWLINK, Request.NLM_F_CREATE | Request.NLM_F_EXCL,
                writer.bytes());
    }

    private static void end(MessageWriter writer, VethEnd end, int mtu) {
        linkHeader(writer, end.index(), 0);
        writer.attributeText(IFLA_IFNAME, end.name()).attribute(IFLA_ADDRESS, end.mac().bytes())
                .attributeU32(IFLA_MTU, mtu);
        end.namespace().ifPresent(descriptor -> writer.attributeU32(IFLA_NET_NS_FD, descriptor));
    }

    public static Request setUp(String name) {
        MessageWriter writer = new MessageWriter();
        linkHeader(writer, 0, IFF_UP);
        return new Request("set link " + name + " up", RTM_NEWLINK, 0,
                writer.attributeText(IFLA_IFNAME, name).bytes());
    }

    public static Request deleteLink(String name) {
        MessageWriter writer = new MessageWriter();
        linkHeader(writer, 0, 0);
        return new Request("delete link " + name, RTM_DELLINK, 0, writer.attributeText(IFLA_IFNAME, name).bytes());
    }

    /// Answers one link when it is sent with [NetlinkClient#ask], see [#link].
    public static Request getLink(String name) {
        MessageWriter writer = new MessageWriter();
        linkHeader(writer, 0, 0);
        return new Request("get link " + name, RTM_GETLINK, 0, writer.attributeText(IFLA_IFNAME, name).bytes());
    }

    public static Request dumpLinks() {
        MessageWriter writer = new MessageWriter();
        linkHeader(writer, 0, 0);
        return new Request("list links", RTM_GETLINK, Request.NLM_F_DUMP, writer.bytes());
    }

    /// An interface.
    ///
    /// @param index its number in its namespace
    public record Link(int index, String name, boolean loopback) {
    }

    /// Reads the payload of one RTM_NEWLINK.
    public static Link link(ByteBuffer payload) {
        payload.order(ByteOrder.nativeOrder());
        int index = payload.getInt(payload.position() + 4);
        int flags = payload.getInt(payload.position() + 8);
        payload.position(payload.position() + 16);
        return new Link(index, Attributes.read(payload).text(IFLA_IFNAME).orElse(""), (flags & 8) != 0);
    }

    /// Adds an address as a /32, or succeeds when it is there.
    ///
    /// @param label its `IFA_LABEL`, empty for none
    public static Request addAddress(int index, Ipv4 address, String label) {
        MessageWriter writer = addressMessage(index, address);
        if (!label.isEmpty()) {
            writer.attributeText(3, label); // IFA_LABEL
        }
        return new Request("add address " + address, RTM_NEWADDR, Request.NLM_F_CREATE | Request.NLM_F_REPLACE,
                writer.bytes());
    }

    public static Request deleteAddress(int index, Ipv4 address) {
        return new Request("delete address " + address, RTM_DELADDR, 0, addressMessage(index, address).bytes());
    }

    public static Request dumpAddresses() {
        byte[] payload = new MessageWriter().u8(AF_INET).u8(0).u8(0).u8(0).u32(0).bytes();
        return new Request("list addresses", RTM_GETADDR, Request.NLM_F_DUMP, payload);
    }

    /// An address of an interface.
    ///
    /// @param label the name of the interface where none was given
    public record Address(String label, Ipv4 address) {
    }

    /// Reads the payload of one RTM_NEWADDR of IPv4.
    public static Optional<Address> address(ByteBuffer payload) {
        payload.position(payload.position() + 8);
        Attributes attributes = Attributes.read(payload);
        return attributes.be32(2)
                .map(value -> new Address(attributes.text(3).orElse(""), new Ipv4(value))); // IFA_LOCAL, IFA_LABEL
    }

    private static MessageWriter addressMessage(int index, Ipv4 address) {
        return new MessageWriter().u8(AF_INET).u8(32).u8(0).u8(0).u32(index)
                .attribute(2, address.bytes()) // IFA_LOCAL
                .attribute(1, address.bytes()); // IFA_ADDRESS
    }

    /// A neighbour entry that is never asked for nor forgotten.
    public static Request addNeighbour(int index, Ipv4 address, MacAddress mac) {
        byte[] payload = new MessageWriter().u8(AF_INET).u8(0).u16(0).u32(index).u16(0x80) // NUD_PERMANENT
                .u8(0).u8(0).attribute(1, address.bytes()) // NDA_DST
                .attribute(2, mac.bytes()).bytes(); // NDA_LLADDR
        return new Request("add neighbour " + address, RTM_NEWNEIGH, Request.NLM_F_CREATE | Request.NLM_F_REPLACE,
                payload);
    }

    /// A route to a subnet through a gateway that is taken to be on the link (RTNH_F_ONLINK).
    public static Request addRoute(Ipv4Subnet destination, Ipv4 gateway, int index) {
        byte[] payload = routeHeader(destination, 0, 4).attribute(5, gateway.bytes()) // RTA_GATEWAY
                .attributeU32(4, index).bytes(); // RTA_OIF
        return new Request("add route " + destination, RTM_NEWROUTE, Request.NLM_F_CREATE | Request.NLM_F_REPLACE,
                payload);
    }

    /// A route to an address that is on the link itself.
    public static Request addLinkRoute(Ipv4 address, int index) {
        byte[] payload = routeHeader(address.alone(), 253, 0).attributeU32(4, index).bytes(); // RT_SCOPE_LINK, RTA_OIF
        return new Request("add route " + address, RTM_NEWROUTE, Request.NLM_F_CREATE | Request.NLM_F_REPLACE, payload);
    }

    public static Request deleteLinkRoute(Ipv4 address, int index) {
        byte[] payload = routeHeader(address.alone(), 255, 0).attributeU32(4, index).bytes(); // any scope, RTA_OIF
        return new Request("delete route " + address, RTM_DELROUTE, 0, payload);
    }

    /// `struct rtmsg`: main table, RTPROT_STATIC, unicast.
    private static MessageWriter routeHeader(Ipv4Subnet destination, int scope, int flags) {
        MessageWriter writer = new MessageWriter().u8(AF_INET).u8(destination.prefix()).u8(0).u8(0).u8(254).u8(4)
                .u8(scope).u8(1).u32(flags);
        if (destination.prefix() > 0) {
            writer.attribute(1, destination.address().bytes()); // RTA_DST
        }
        return writer;
    }

    /// `struct ifinfomsg`
    private static void linkHeader(MessageWriter writer, int index, int flags) {
        writer.u8(AF_UNSPEC).u8(0).u16(0).u32(index).u32(flags).u32(flags);
    }
}
