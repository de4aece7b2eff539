package io.jorch.net.space;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jorch.net.rules.Table;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class NftListingTest {
    @Test
    void tablesAreNamed() {
        assertEquals(Set.of("jorch-abc123", "nat"), NftListing.tables("table ip jorch-abc123\ntable ip nat\n"));
        assertEquals(Set.of(), NftListing.tables(""));
    }

    @Test
    void elementsOfSetsAndTheChainsOfTheMapAreRead() {
        Table.Found found = NftListing.contents("""
                table ip jorch-abc123 {
                \tset opened {
                \t\ttype ifname
                \t\telements = { "eth0",
                \t\t\t     "eth1.5" }
                \t}

                \tset confined {
                \t\ttype ipv4_addr
                \t}

                \tset hairpin {
                \t\ttype ipv4_addr . ipv4_addr
                \t\telements = { 10.255.0.2 . 10.255.0.2 }
                \t}

                \tmap ports {
                \t\ttype inet_proto . inet_service : verdict
                \t\telements = { tcp . 8080 : goto p-tcp-8080,
                \t\t\t     udp . 53 : goto p-udp-53 }
                \t}

                \tchain p-tcp-8080 {
                \t\tmeta l4proto tcp dnat to 10.255.0.2:80
                \t}
                }
                """);
        assertEquals(Map.of("opened", Set.of("\"eth0\"", "\"eth1.5\""), "confined", new TreeSet<>(), "hairpin",
                Set.of("10.255.0.2 . 10.255.0.2")), found.sets());
        assertEquals(Map.of("tcp . 8080", "p-tcp-8080", "udp . 53", "p-udp-53"), found.chosen());
    }
}
