package io.jorch.net.netlink;

import io.jorch.net.address.Ipv4;
import java.nio.ByteBuffer;
import java.util.Optional;

/// ctnetlink (`linux/netfilter/nfnetlink_conntrack.h`): the connections that a namespace follows, IPv4 only. Lists are
/// filtered by the kernel (CTA_FILTER, 5.8), so a busy node does not copy its whole table.
public final class ConntrackMessages {
    public static final int TCP = 6;
    public static final int UDP = 17;

    private static final int CT_GET = 1 << 8 | 1; // NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_GET
    private static final int CT_DELETE = 1 << 8 | 2;
    private static final int AF_INET = 2;

    private static final int CTA_TUPLE_ORIG = 1;
    private static final int CTA_TUPLE_REPLY = 2;
    private static final int CTA_PROTOINFO = 4;
    private static final int CTA_FILTER = 25;
    private static final int CTA_TUPLE_IP = 1;
    private static final int CTA_TUPLE_PROTO = 2;
    private static final int CTA_IP_V4_SRC = 1;
    private static final int CTA_IP_V4_DST = 2;
    private static final int CTA_PROTO_NUM = 1;
    private static final int CTA_PROTO_SRC_PORT = 2;
    private static final int CTA_PROTO_DST_PORT = 3;

    // net/netfilter/nf_internals.h
    private static final int BY_SOURCE = 1;
    private static final int BY_DESTINATION = 1 << 1;
    private static final int BY_PROTOCOL = 1 << 3;
    private static final int BY_DESTINATION_PORT = 1 << 5;

    private ConntrackMessages() {
    }

    /// One followed connection.
    ///
    /// @param source of its first packet, as are `destination` and the ports
    /// @param answering whose answers come back: the endpoint, after all translation
    /// @param tcpState `enum tcp_conntrack`, 0 for other protocols
    public record Flow(int protocol, Ipv4 source, Ipv4 destination, int sourcePort, int destinationPort,
            Ipv4 answering, int tcpState) {
        /// From the handshake until both sides have said that they end: SYN_RECV, ESTABLISHED, FIN_WAIT, CLOSE_WAIT.
        public boolean open() {
            return tcpState >= 2 && tcpState <= 5;
        }
    }

    /// The TCP connections that an address answers.
    public static Request dumpTcpAnsweredBy(Ipv4 address) {
        MessageWriter writer = header();
        int tuple = writer.nest(CTA_TUPLE_REPLY);
        int ip = writer.nest(CTA_TUPLE_IP);
        writer.attribute(CTA_IP_V4_SRC, address.bytes()).end(ip);
        protocol(writer, TCP);
        writer.end(tuple);
        filter(writer, 0, BY_SOURCE | BY_PROTOCOL);
        return dump(writer);
    }

    /// The UDP flows whose first packet went to an address.
    public static Request dumpUdpTo(Ipv4 address) {
        MessageWriter writer = header();
        int tuple = writer.nest(CTA_TUPLE_ORIG);
        int ip = writer.nest(CTA_TUPLE_IP);
        writer.attribute(CTA_IP_V4_DST, address.bytes()).end(ip);
        protocol(writer, UDP);
        writer.end(tuple);
        filter(writer, BY_DESTINATION | BY_PROTOCOL, 0);
        return dump(writer);
    }

    /// The UDP flows whose first packet went to a port.
    public static Request dumpUdpTo(int port) {
        MessageWriter writer = header();
        int tuple = writer.nest(CTA_TUPLE_ORIG);
        int protocol = writer.nest(CTA_TUPLE_PROTO);
        writer.attributeU8(CTA_PROTO_NUM, UDP).attributeBe16(CTA_PROTO_DST_PORT, port).end(protocol).end(tuple);
        filter(writer, BY_PROTOCOL | BY_DESTINATION_PORT, 0);
        return dump(writer);
    }

    public static Request delete(Flow flow) {
        MessageWriter writer = header();
        int tuple = writer.nest(CTA_TUPLE_ORIG);
        int ip = writer.nest(CTA_TUPLE_IP);
        writer.attribute(CTA_IP_V4_SRC, flow.source().bytes()).attribute(CTA_IP_V4_DST, flow.destination().bytes())
                .end(ip);
        int protocol = writer.nest(CTA_TUPLE_PROTO);
        writer.attributeU8(CTA_PROTO_NUM, flow.protocol()).attributeBe16(CTA_PROTO_SRC_PORT, flow.sourcePort())
                .attributeBe16(CTA_PROTO_DST_PORT, flow.destinationPort()).end(protocol).end(tuple);
        return new Request("forget flow to " + flow.destination(), CT_DELETE, 0, writer.bytes());
    }

    /// Reads one answer's payload; empty for a protocol without ports.
    public static Optional<Flow> flow(ByteBuffer payload) {
        payload.position(payload.position() + 4); // struct nfgenmsg
        Attributes attributes = Attributes.read(payload);
        Attributes original = attributes.nest(CTA_TUPLE_ORIG);
        Attributes addresses = original.nest(CTA_TUPLE_IP);
        Attributes protocol = original.nest(CTA_TUPLE_PROTO);
        Optional<Integer> answering = attributes.nest(CTA_TUPLE_REPLY).nest(CTA_TUPLE_IP).be32(CTA_IP_V4_SRC);
        Optional<Integer> source = addresses.be32(CTA_IP_V4_SRC);
        Optional<Integer> destination = addresses.be32(CTA_IP_V4_DST);
        Optional<Integer> sourcePort = protocol.be16(CTA_PROTO_SRC_PORT);
        Optional<Integer> destinationPort = protocol.be16(CTA_PROTO_DST_PORT);
        if (answering.isEmpty() || source.isEmpty() || destination.isEmpty() || sourcePort.isEmpty()
                || destinationPort.isEmpty()) {
            return Optional.empty();
        }
        int state = attributes.nest(CTA_PROTOINFO).nest(1).u8(1).orElse(0); // CTA_PROTOINFO_TCP, _TCP_STATE
        return Optional.of(new Flow(protocol.u8(CTA_PROTO_NUM).orElse(0), new Ipv4(source.get()),
                new Ipv4(destination.get()), sourcePort.get(), destinationPort.get(), new Ipv4(answering.get()), state));
    }

    private static MessageWriter header() {
        return new MessageWriter().u8(AF_INET).u8(0).u16(0); // struct nfgenmsg
    }

    private static void protocol(MessageWriter writer, int number) {
        int protocol = writer.nest(CTA_TUPLE_PROTO);
        writer.attributeU8(CTA_PROTO_NUM, number).end(protocol);
    }

    private static void filter(MessageWriter writer, int original, int reply) {
        int filter = writer.nest(CTA_FILTER);
        writer.attributeU32(1, original).attributeU32(2, reply).end(filter); // CTA_FILTER_ORIG_FLAGS, _REPLY_FLAGS
    }

    private static Request dump(MessageWriter writer) {
        return new Request("list connections", CT_GET, Request.NLM_F_DUMP, writer.bytes());
    }
}
