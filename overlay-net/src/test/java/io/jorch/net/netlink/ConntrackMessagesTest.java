package io.jorch.net.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.net.Golden;
import io.jorch.net.address.Ipv4;
import io.jorch.net.netlink.ConntrackMessages.Flow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ConntrackMessagesTest {
    private static final Flow FLOW = new Flow(ConntrackMessages.UDP, Ipv4.parse("a", "192.0.2.2"),
            Ipv4.parse("a", "192.0.2.1"), 40000, 53, Ipv4.parse("a", "10.255.0.2"), 0);

    @Test
    void messagesKeepTheirBytes() {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the file is little-endian");
        Golden.assertSame("conntrack-messages.txt", List
                .of(ConntrackMessages.dumpTcpAnsweredBy(FLOW.answering()), ConntrackMessages.dumpUdpTo(FLOW.answering()),
                        ConntrackMessages.dumpUdpTo(53), ConntrackMessages.delete(FLOW))
                .stream().map(request -> request.what() + " type=" + request.type() + " flags=" + request.flags() + " "
                        + HexFormat.of().formatHex(request.payload()))
                .collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void flowIsReadAsTheKernelWritesIt() {
        MessageWriter writer = new MessageWriter().u8(2).u8(0).u16(0);
        tuple(writer, 1, "192.0.2.2", "192.0.2.1", 40000, 8080);
        tuple(writer, 2, "10.255.0.2", "192.0.2.2", 80, 40000);
        int info = writer.nest(4);
        int tcp = writer.nest(1);
        writer.attributeU8(1, 3).end(tcp).end(info);
        Optional<Flow> flow = ConntrackMessages.flow(ByteBuffer.wrap(writer.bytes()));
        assertEquals(Optional.of(new Flow(ConntrackMessages.TCP, Ipv4.parse("a", "192.0.2.2"),
                Ipv4.parse("a", "192.0.2.1"), 40000, 8080, Ipv4.parse("a", "10.255.0.2"), 3)), flow);
        assertTrue(flow.get().open());
    }

    @Test
    void connectionIsOpenFromTheHandshakeUntilBothSidesEnd() {
        for (int state = 0; state < 10; state++) {
            Flow flow = new Flow(ConntrackMessages.TCP, FLOW.source(), FLOW.destination(), 1, 2, FLOW.answering(), state);
            assertEquals(state >= 2 && state <= 5, flow.open(), "state " + state);
        }
        assertFalse(FLOW.open());
    }

    @Test
    void flowWithoutPortsIsLeftOut() {
        assertEquals(Optional.empty(), ConntrackMessages.flow(ByteBuffer.wrap(new byte[8])));
    }

    private static void tuple(MessageWriter writer, int type, String source, String destination, int from, int to) {
        int tuple = writer.nest(type);
        int ip = writer.nest(1);
        writer.attribute(1, Ipv4.parse("a", source).bytes()).attribute(2, Ipv4.parse("a", destination).bytes()).end(ip);
        int protocol = writer.nest(2);
        writer.attributeU8(1, 6).attributeBe16(2, from).attributeBe16(3, to).end(protocol).end(tuple);
    }
}
