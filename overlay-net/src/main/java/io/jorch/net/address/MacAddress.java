package io.jorch.net.address;

import java.util.HexFormat;

/// A link-layer address. Ours are locally administered (the second bit of the first byte) and computed, never asked
/// for: `02:6a` and the IPv4 address of the task; the far end of every leg, its gateway, has the same one everywhere.
///
/// @param value the six bytes as one number
public record MacAddress(long value) {
    /// The address behind 169.254.1.1 on every leg.
    public static final MacAddress GATEWAY = new MacAddress(0x026A_0000_0001L);

    private static final long TASK = 0x026A_0000_0000L;

    public static MacAddress of(Ipv4 address) {
        return new MacAddress(TASK | Integer.toUnsignedLong(address.value()));
    }

    public byte[] bytes() {
        byte[] bytes = new byte[6];
        for (int index = 0; index < 6; index++) {
            bytes[index] = (byte) (value >> (8 * (5 - index)));
        }
        return bytes;
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(bytes());
    }
}
