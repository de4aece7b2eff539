package io.jorch.net.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jorch.net.Golden;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class VirtualAddressRulesTest {
    @Test
    void wholeTableHoldsEachServiceAndItsRefusal() {
        Golden.assertSame("vip-rules.nft",
                rules(Map.of("10.0.1.2", List.of("10.0.1.6", "10.0.1.5"), "10.0.1.3", List.of())).asTable().over(Table.Found.NOTHING));
    }

    @Test
    void changeNamesOnlyWhatChanged() {
        VirtualAddressRules before = rules(
                Map.of("10.0.1.2", List.of("10.0.1.5"), "10.0.1.3", List.of("10.0.1.7"), "10.0.1.4", List.of("10.0.1.8")));
        VirtualAddressRules after = rules(
                Map.of("10.0.1.2", List.of("10.0.1.5", "10.0.1.6"), "10.0.1.4", List.of("10.0.1.8"), "10.0.1.9",
                        List.of("10.0.1.10")));
        Golden.assertSame("vip-rules-change.nft", after.asTable().changesFrom(before.asTable()));
    }

    @Test
    void sameServicesNeedNoTransaction() {
        assertEquals("", rules(Map.of("10.0.1.2", List.of("10.0.1.6", "10.0.1.5"))).asTable()
                .changesFrom(rules(Map.of("10.0.1.2", List.of("10.0.1.5", "10.0.1.6"))).asTable()));
    }

    private static VirtualAddressRules rules(Map<String, List<String>> services) {
        return new VirtualAddressRules("jorch-abc123", "10.0.1.1", new TreeMap<>(services));
    }
}
