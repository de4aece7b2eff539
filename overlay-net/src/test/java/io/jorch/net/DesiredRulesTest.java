package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.JorchException;
import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.NetworkMap.PortView;
import io.jorch.net.rules.HostPolicy;
import io.jorch.net.rules.HostRules;
import io.jorch.net.rules.PortKey;
import io.jorch.net.rules.PortTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class DesiredRulesTest {
    private final DesiredRules desired = new DesiredRules(NetworkBed.settings(Path.of("/none"), "abc123"),
            new TreeSet<>(), List.of(Fixture.task("task1", 2, Fixture.internal(Fixture.userLeg("n1", 1, 5))),
                    Fixture.task("task2", 3)));

    @Test
    void tasksOnInternalNetworksOnlyAreConfined() {
        assertEquals(Set.of("10.255.0.2"), desired.host(Optional.empty()).confined());
    }

    @Test
    void ingressIsKnownFromATaskBeforeAMapCame() {
        assertEquals(Optional.of(new HostPolicy.Ingress("10.255.0.0/16", "10.255.0.1")),
                desired.host(Optional.empty()).policy().ingress());
    }

    @Test
    void hostModeCountsTasksOfThisNodeAndAddsUp() {
        HostRules rules = desired.host(Optional.of(map(port("tcp", true, "10.255.0.2", "10.255.0.9"),
                port("tcp", true, "10.255.0.3"))));
        assertEquals(Map.of(new PortKey("tcp", 8080), new PortTarget(80, List.of("10.255.0.2", "10.255.0.3"))),
                rules.ports());
    }

    @Test
    void onlyServingEndpointsAreBehindAVirtualAddress() {
        assertEquals(Map.of("10.0.1.2", List.of("10.0.1.5")), desired.network(Fixture.network("n1", 1,
                Fixture.service("web", "10.0.1.2", Fixture.endpoint("web", 1, "10.0.1.5", true),
                        Fixture.endpoint("web", 2, "10.0.1.6", false)),
                Fixture.service("plain", "", Fixture.endpoint("plain", 1, "10.0.1.7", true)))).services());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.255.0.2 ; flush ruleset", "::1", ""})
    void nothingButAddressesGetsIntoRules(String address) {
        assertThrows(JorchException.class, () -> desired.host(Optional.of(map(port("tcp", false, address)))));
    }

    @Test
    void otherProtocolsAreRefusedByName() {
        JorchException failure = assertThrows(JorchException.class,
                () -> desired.host(Optional.of(map(port("sctp", false, "10.255.0.2")))));
        assertEquals("Protocol", failure.field());
    }

    private static PortView port(String protocol, boolean onlyLocal, String... addresses) {
        return new PortView(protocol, 8080, 80, onlyLocal, List.of(addresses));
    }

    private static NetworkMap map(PortView... ports) {
        return Fixture.map(1, List.of(), ports);
    }
}
