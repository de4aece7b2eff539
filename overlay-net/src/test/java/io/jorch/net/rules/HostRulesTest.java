package io.jorch.net.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.net.Golden;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class HostRulesTest {
    private static final HostPolicy POLICY = new HostPolicy("jorch-abc123", "joabc123-",
            Optional.of(new HostPolicy.Ingress("10.255.0.0/16", "10.255.0.1")), new TreeSet<>(Set.of(2377, 2376)),
            false, new TreeSet<>(Set.of("eth0")));
    private static final PortKey WEB = new PortKey("tcp", 8080);
    private static final PortKey NAMES = new PortKey("udp", 5353);

    @Test
    void wholeTableReplacesAnOlderOneInOneTransaction() {
        Golden.assertSame("host-rules.nft", rules(Set.of("10.255.0.9"), Map.of(WEB,
                new PortTarget(80, List.of("10.255.0.3", "10.255.0.2")), NAMES, new PortTarget(53, List.of()),
                new PortKey("tcp", 443), new PortTarget(8443, List.of("10.255.0.2")))).full());
    }

    @Test
    void nodeThatKnowsNoIngressNetworkRewritesNoSource() {
        String text = new HostRules(
                new HostPolicy("jorch-abc123", "joabc123-", Optional.empty(), new TreeSet<>(), true, new TreeSet<>()),
                new TreeSet<>(), new TreeMap<>()).full();
        Golden.assertSame("host-rules-empty.nft", text);
    }

    @Test
    void onlyChangedPortsAreWrittenAgain() {
        HostRules before = rules(Set.of("10.255.0.9"), Map.of(WEB, new PortTarget(80, List.of("10.255.0.2")), NAMES,
                new PortTarget(53, List.of("10.255.0.2"))));
        HostRules after = rules(Set.of("10.255.0.8"), Map.of(WEB,
                new PortTarget(80, List.of("10.255.0.2", "10.255.0.3")), new PortKey("tcp", 443),
                new PortTarget(443, List.of())));
        Golden.assertSame("host-rules-change.nft", after.changesFrom(before));
    }

    @Test
    void equalRulesNeedNoTransaction() {
        HostRules one = rules(Set.of(), Map.of(WEB, new PortTarget(80, List.of("10.255.0.2", "10.255.0.3"))));
        HostRules same = rules(Set.of(), Map.of(WEB, new PortTarget(80, List.of("10.255.0.3", "10.255.0.2"))));
        assertEquals("", same.changesFrom(one));
    }

    @Test
    void otherPolicyReplacesTheTable() {
        HostRules before = rules(Set.of(), Map.of());
        HostRules after = new HostRules(
                new HostPolicy(POLICY.table(), POLICY.legPrefix(), POLICY.ingress(), POLICY.controlPorts(), true,
                        POLICY.opened()),
                before.confined(), before.ports());
        assertTrue(after.changesFrom(before).startsWith("table ip jorch-abc123\ndelete table ip jorch-abc123\n"));
    }

    private static HostRules rules(Set<String> confined, Map<PortKey, PortTarget> ports) {
        return new HostRules(POLICY, new TreeSet<>(confined), new TreeMap<>(ports));
    }
}
