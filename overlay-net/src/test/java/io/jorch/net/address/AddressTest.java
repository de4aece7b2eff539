package io.jorch.net.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.JorchException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class AddressTest {
    @Test
    void addressesAreWrittenAsTheyWereRead() {
        assertEquals("255.0.10.1", Ipv4.parse("address", "255.0.10.1").toString());
        assertTrue(Ipv4.parse("a", "200.0.0.0").compareTo(Ipv4.parse("a", "10.0.0.0")) > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0", "10.0.0.256", "10.0.0.01", "10.0.0.1.1", "a.b.c.d", "10.0.0.-1", " 10.0.0.1"})
    void whatIsNoAddressIsRefused(String text) {
        assertEquals(Optional.empty(), Ipv4.read(text));
    }

    @Test
    void subnetContainsItsAddressesOnly() {
        Ipv4Subnet subnet = Ipv4Subnet.parse("subnet", "10.0.1.0/24");
        assertTrue(subnet.contains(Ipv4.parse("a", "10.0.1.255")));
        assertFalse(subnet.contains(Ipv4.parse("a", "10.0.2.0")));
        assertTrue(subnet.overlaps(Ipv4Subnet.parse("subnet", "10.0.0.0/8")));
        assertFalse(subnet.overlaps(Ipv4Subnet.parse("subnet", "10.0.2.0/24")));
        assertTrue(Ipv4Subnet.ALL.contains(Ipv4.parse("a", "255.1.1.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.1.0", "10.0.1.0/33", "10.0.1.1/24", "10.0.1.0/-1", "10.0.1.0/24/1"})
    void whatIsNoSubnetIsRefused(String text) {
        assertThrows(JorchException.class, () -> Ipv4Subnet.parse("subnet", text));
    }

    @Test
    void hardwareAddressFollowsFromTheAddress() {
        assertEquals("02:6a:0a:ff:00:05", MacAddress.of(Ipv4.parse("a", "10.255.0.5")).toString());
    }
}
