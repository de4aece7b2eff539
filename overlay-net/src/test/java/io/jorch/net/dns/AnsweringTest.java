package io.jorch.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.NetworkMap.EndpointView;
import io.jorch.api.message.NetworkMap.NetworkView;
import io.jorch.api.message.NetworkMap.ServiceView;
import io.jorch.net.address.Ipv4;
import io.jorch.net.dns.Answering.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class AnsweringTest {
    private static final int AAAA = 28;
    private static final Ipv4 BOTH = Ipv4.parse("a", "10.255.0.2");
    private static final Ipv4 BACK = Ipv4.parse("a", "10.255.0.3");
    private static final Ipv4 CONFINED = Ipv4.parse("a", "10.255.0.4");

    private final Answering answering = new Answering(
            Map.of(BOTH, new Asker(List.of("front", "back"), true, Optional.empty()), BACK,
                    new Asker(List.of("back"), true, Optional.empty()), CONFINED,
                    new Asker(List.of("back"), false, Optional.empty())),
            NameTable.of(new NetworkMap(1, List.of(
                    network("front", 1, service(List.of("Web", "www"), "10.0.1.2", endpoint("web", 1, "10.0.1.5", true),
                            endpoint("web", 2, "10.0.1.6", false))),
                    network("back", 2, service(List.of("db"), "", endpoint("db", 1, "10.0.2.5", true),
                            endpoint("db", 2, "10.0.2.6", true)), service(List.of("idle"), "10.0.2.9"),
                            service(List.of("sleepy"), "", endpoint("sleepy", 1, "10.0.2.7", false)))),
                    List.of())));

    @Test
    void serviceAndAliasesStandForTheVirtualAddress() {
        assertEquals("NOERROR 10.0.1.2/600", ask(BOTH, "web", RecordType.A));
        assertEquals("NOERROR 10.0.1.2/600", ask(BOTH, "WWW", RecordType.A));
        assertEquals("NOERROR 10.0.2.9/600", ask(BOTH, "idle", RecordType.A));
    }

    @Test
    void serviceWithoutVirtualAddressStandsForItsTasks() {
        assertEquals("NOERROR 10.0.2.5/3 10.0.2.6/3", ask(BACK, "db", RecordType.A));
        assertEquals("NOERROR", ask(BACK, "sleepy", RecordType.A));
    }

    @Test
    void tasksAreNamedTogetherAndOneByOne() {
        assertEquals("NOERROR 10.0.1.5/3", ask(BOTH, "tasks.web", RecordType.A));
        assertEquals("NOERROR 10.0.1.6/3", ask(BOTH, "web.2", RecordType.A));
        assertEquals("NOERROR 10.0.1.6/3", ask(BOTH, "web.2.webtask2", RecordType.A));
        assertEquals("NXDOMAIN", ask(BOTH, "web.3", RecordType.A));
        assertEquals("NXDOMAIN", ask(BOTH, "tasks.nobody", RecordType.A));
    }

    @Test
    void namesOfOtherNetworksAreUnknown() {
        assertEquals("NXDOMAIN", ask(BACK, "web", RecordType.A));
        assertEquals("NOERROR 10.0.2.5/3 10.0.2.6/3", ask(BOTH, "db", RecordType.A));
    }

    @Test
    void otherTypesOfAKnownNameAreEmptyNotUnknown() {
        assertEquals("NOERROR", ask(BOTH, "web", AAAA));
        assertEquals("NXDOMAIN", ask(BOTH, "nobody", AAAA));
    }

    @Test
    void addressesHaveNames() {
        assertEquals("NOERROR web.1.webtask1/3", ask(BOTH, "5.1.0.10.in-addr.arpa", RecordType.PTR));
        assertEquals("NOERROR web/3", ask(BOTH, "2.1.0.10.in-addr.arpa", RecordType.PTR));
        assertEquals("NXDOMAIN", ask(BOTH, "77.1.0.10.in-addr.arpa", RecordType.PTR));
        assertInstanceOf(Decision.Outside.class, decide(BACK, "5.1.0.10.in-addr.arpa", RecordType.PTR));
        assertInstanceOf(Decision.Outside.class, decide(BOTH, "8.8.8.8.in-addr.arpa", RecordType.PTR));
    }

    @Test
    void outsideNamesAreAskedOutsideUnlessTheTaskIsConfined() {
        assertInstanceOf(Decision.Outside.class, decide(BOTH, "example.com", RecordType.A));
        assertEquals("NXDOMAIN", ask(CONFINED, "example.com", RecordType.A));
        assertEquals("NOERROR 10.0.2.5/3 10.0.2.6/3", ask(CONFINED, "db", RecordType.A));
    }

    @Test
    void strangersGetNoAnswer() {
        assertInstanceOf(Decision.Silence.class, decide(Ipv4.parse("a", "192.0.2.9"), "web", RecordType.A));
    }

    private String ask(Ipv4 source, String name, int type) {
        return Messages.words(assertInstanceOf(Decision.Answer.class, decide(source, name, type)).message());
    }

    private Decision decide(Ipv4 source, String name, int type) {
        try {
            return answering.decide(source, Query.parse(Messages.query(1, name, type, 0)), addresses -> addresses);
        } catch (MalformedMessageException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static NetworkView network(String id, int third, ServiceView... services) {
        return new NetworkView(id, id, false, "10.0." + third + ".0/24", "10.0." + third + ".1", 1, false,
                List.of(services));
    }

    private static ServiceView service(List<String> names, String vip, EndpointView... endpoints) {
        return new ServiceView("id", names, vip.isEmpty() ? Optional.empty() : Optional.of(vip), List.of(endpoints));
    }

    private static EndpointView endpoint(String service, int slot, String address, boolean serving) {
        String taskId = service + "task" + slot;
        return new EndpointView(taskId, service + "." + slot + "." + taskId, slot, "node", address, serving);
    }
}
