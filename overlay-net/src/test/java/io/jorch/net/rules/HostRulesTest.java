package io.jorch.net.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    void wholeTableIsOneTransaction() {
        Golden.assertSame("host-rules.nft", rules(Set.of("10.255.0.9"), Map.of(WEB,
                new PortTarget(80, List.of("10.255.0.3", "10.255.0.2")), NAMES, new PortTarget(53, List.of()),
                new PortKey("tcp", 443), new PortTarget(8443, List.of("10.255.0.2")))).table().over(Table.Found.NOTHING));
    }

    @Test
    void nodeThatKnowsNoIngressNetworkRewritesNoSource() {
        String text = new HostRules(
                new HostPolicy("jorch-abc123", "joabc123-", Optional.empty(), new TreeSet<>(), true, new TreeSet<>()),
                new TreeSet<>(), new TreeMap<>()).table().over(Table.Found.NOTHING);
        Golden.assertSame("host-rules-empty.nft", text);
    }

    @Test
    void onlyChangedPortsAreWrittenAgain() {
        HostRules before = rules(Set.of("10.255.0.9"), Map.of(WEB, new PortTarget(80, List.of("10.255.0.2")), NAMES,
                new PortTarget(53, List.of("10.255.0.2"))));
        HostRules after = rules(Set.of("10.255.0.8"), Map.of(WEB,
                new PortTarget(80, List.of("10.255.0.2", "10.255.0.3")), new PortKey("tcp", 443),
                new PortTarget(443, List.of())));
        Golden.assertSame("host-rules-change.nft", after.table().changesFrom(before.table()));
    }

    @Test
    void equalRulesNeedNoTransaction() {
        HostRules one = rules(Set.of(), Map.of(WEB, new PortTarget(80, List.of("10.255.0.2", "10.255.0.3"))));
        HostRules same = rules(Set.of(), Map.of(WEB, new PortTarget(80, List.of("10.255.0.3", "10.255.0.2"))));
        assertEquals("", same.table().changesFrom(one.table()));
    }

    @Test
    void tableOfAnEarlierDaemonIsMadeTrueWithoutTakingAwayWhatStays() {
        Table.Found found = new Table.Found(
                new TreeMap<>(Map.of("opened", new TreeSet<>(Set.of("\"eth0\"")), "hairpin",
                        new TreeSet<>(Set.of("10.255.0.2 . 10.255.0.2", "10.255.0.7 . 10.255.0.7")))),
                new TreeMap<>(Map.of("tcp . 8080", "p-tcp-8080", "tcp . 99", "p-tcp-99")));
        HostRules rules = rules(Set.of(), Map.of(WEB, new PortTarget(80, List.of("10.255.0.2")), NAMES,
                new PortTarget(53, List.of("10.255.0.2"))));
        Golden.assertSame("host-rules-over.nft", rules.table().over(found));
    }

    @Test
    void otherPolicyWritesEveryRuleAgainAndNoElement() {
        HostRules before = rules(Set.of("10.255.0.9"), Map.of(WEB, new PortTarget(80, List.of("10.255.0.2"))));
        HostPolicy policy = new HostPolicy(POLICY.table(), POLICY.legPrefix(), POLICY.ingress(), POLICY.controlPorts(),
                true, POLICY.opened());
        String text = new HostRules(policy, before.confined(), before.ports()).table().changesFrom(before.table());
        assertTrue(text.contains("flush table ip jorch-abc123"), text);
        assertFalse(text.contains("element"), text);
    }

    private static HostRules rules(Set<String> confined, Map<PortKey, PortTarget> ports) {
        return new HostRules(POLICY, new TreeSet<>(confined), new TreeMap<>(ports));
    }
}
