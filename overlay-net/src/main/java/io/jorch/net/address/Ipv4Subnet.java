package io.jorch.net.address;

import io.jorch.api.error.JorchException;

/// A range of IPv4 addresses in CIDR form.
///
/// @param address the first address: no bit beyond the prefix is set
/// @param prefix 0 to 32
public record Ipv4Subnet(Ipv4 address, int prefix) {
    /// Everywhere: the destination of a default route.
    public static final Ipv4Subnet ALL = new Ipv4Subnet(new Ipv4(0), 0);

    public Ipv4Subnet {
        if ((address.value() & ~mask(prefix)) != 0) {
            throw JorchException.invalid("subnet", address + "/" + prefix + " has bits set beyond its prefix");
        }
    }

    public static Ipv4Subnet parse(String field, String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]|[12][0-9]|3[0-2]")) {
            throw JorchException.invalid(field, "\"" + text + "\" is no subnet such as 10.0.1.0/24");
        }
        return new Ipv4Subnet(Ipv4.parse(field, parts[0]), Integer.parseInt(parts[1]));
    }

    public boolean contains(Ipv4 other) {
        return (other.value() & mask(prefix)) == address.value();
    }

    public boolean overlaps(Ipv4Subnet other) {
        return contains(other.address) || other.contains(address);
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (32 - prefix);
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
