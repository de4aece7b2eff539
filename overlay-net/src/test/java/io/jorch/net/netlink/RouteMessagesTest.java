package io.jorch.net.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jorch.net.Golden;
import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import io.jorch.net.address.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class RouteMessagesTest {
    private static final Ipv4 TASK = Ipv4.parse("address", "10.255.0.5");
    private static final Ipv4 GATEWAY = Ipv4.parse("address", "169.254.1.1");

    @Test
    void messagesKeepTheirBytes() {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the file is little-endian");
        RouteMessages.VethEnd near = new RouteMessages.VethEnd("joabc123-x7k2p1", 0, MacAddress.GATEWAY,
                OptionalInt.empty());
        RouteMessages.VethEnd far = new RouteMessages.VethEnd("eth0", 2, MacAddress.of(TASK), OptionalInt.of(42));
        List<Request> requests = List.of(RouteMessages.addVeth(near, far, 1500), RouteMessages.setUp("lo"),
                RouteMessages.deleteLink("joabc123-x7k2p1"), RouteMessages.getLink("eth0"), RouteMessages.dumpLinks(),
                RouteMessages.addAddress(3, TASK, ""), RouteMessages.addAddress(1, TASK, "lo:joabc123"),
                RouteMessages.deleteAddress(1, TASK), RouteMessages.addNeighbour(3, GATEWAY, MacAddress.GATEWAY),
                RouteMessages.addRoute(Ipv4Subnet.ALL, GATEWAY, 3),
                RouteMessages.addRoute(Ipv4Subnet.parse("subnet", "10.0.1.0/24"), GATEWAY, 4),
                RouteMessages.addLinkRoute(TASK, 7), RouteMessages.deleteLinkRoute(TASK, 7));
        Golden.assertSame("route-messages.txt", requests.stream().map(RouteMessagesTest::line)
                .collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void linkIsReadFromWhatTheKernelAnswers() {
        byte[] payload = new MessageWriter().u8(0).u8(0).u16(772).u32(9).u32(0x49).u32(0).attributeU32(13, 1000)
                .attributeText(3, "joabc123-x7k2p1").bytes();
        assertEquals(new RouteMessages.Link(9, "joabc123-x7k2p1", true), RouteMessages.link(ByteBuffer.wrap(payload)));
    }

    @Test
    void attributesThatAreCutShortAreLeftOut() {
        ByteBuffer bytes = ByteBuffer.wrap(new MessageWriter().attributeU8(1, 7).u16(200).u16(2).u32(0).bytes());
        Attributes attributes = Attributes.read(bytes);
        assertEquals(7, attributes.u8(1).orElseThrow());
        assertEquals(false, attributes.value(2).isPresent());
    }

    private static String line(Request request) {
        return request.what() + " type=" + request.type() + " flags=" + request.flags() + " "
                + HexFormat.of().formatHex(request.payload());
    }
}
