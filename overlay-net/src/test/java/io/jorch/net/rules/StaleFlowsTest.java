package io.jorch.net.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import io.jorch.net.netlink.ConntrackMessages;
import io.jorch.net.netlink.ConntrackMessages.Flow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class StaleFlowsTest {
    private static final PortKey UDP = new PortKey("udp", 53);

    @Test
    void onlyUdpPortsWhoseTargetDiffersAreLookedAt() {
        PortTarget one = new PortTarget(5353, List.of("10.255.0.2"));
        PortTarget other = new PortTarget(5353, List.of("10.255.0.3"));
        PortKey tcp = new PortKey("tcp", 53);
        assertEquals(Map.of(), StaleFlows.changedPorts(Map.of(UDP, one, tcp, one), Map.of(UDP, one, tcp, other)));
        assertEquals(Map.of(53, other), StaleFlows.changedPorts(Map.of(UDP, one), Map.of(UDP, other)));
        assertEquals(Map.of(53, one), StaleFlows.changedPorts(Map.of(), Map.of(UDP, one)));
        assertEquals(Map.of(53, new PortTarget(5353, List.of())),
                StaleFlows.changedPorts(Map.of(UDP, one), Map.of()));
    }

    @Test
    void flowsOfAPortAreStaleWhenAnotherTaskOrTheNodeAnswersThem() {
        Predicate<Flow> stale = StaleFlows.ofPort(new PortTarget(5353, List.of("10.255.0.2")),
                Ipv4Subnet.parse("subnet", "10.255.0.0/16"), Set.of(Ipv4.parse("a", "192.0.2.1")));
        assertFalse(stale.test(flow("192.0.2.1", "10.255.0.2")), "it still serves");
        assertTrue(stale.test(flow("192.0.2.1", "10.255.0.3")), "a task that left");
        assertTrue(stale.test(flow("192.0.2.1", "192.0.2.1")), "the node itself, from before");
        assertFalse(stale.test(flow("198.51.100.7", "198.51.100.7")), "a task's flow to a server elsewhere");
    }

    @Test
    void flowsOfAServiceAreStaleWhenTheirTaskServesNoLonger() {
        Predicate<Flow> stale = StaleFlows.ofService(List.of("10.0.1.5"));
        assertFalse(stale.test(flow("10.0.1.2", "10.0.1.5")));
        assertTrue(stale.test(flow("10.0.1.2", "10.0.1.6")));
    }

    private static Flow flow(String destination, String answering) {
        return new Flow(ConntrackMessages.UDP, Ipv4.parse("a", "192.0.2.2"), Ipv4.parse("a", destination), 4000, 53,
                Ipv4.parse("a", answering), 0);
    }
}
