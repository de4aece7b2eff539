package io.jorch.net.address;

import io.jorch.api.error.JorchException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An IPv4 address.
///
/// @param value the four bytes as one number, the first byte highest
public record Ipv4(int value) implements Comparable<Ipv4> {
    /// @param field the name of the field in the message of the failure
    public static Ipv4 parse(String field, String text) {
        return read(text).orElseThrow(
                () -> JorchException.invalid(field, "\"" + text + "\" is no IPv4 address such as 10.0.1.5"));
    }

    /// Strict: four decimal numbers without leading zeros, which some readers take for octal.
    public static Optional<Ipv4> read(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int value = 0;
        for (String part : parts) {
            if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            value = value << 8 | Integer.parseInt(part);
        }
        return Optional.of(new Ipv4(value));
    }

    public static Ipv4 of(byte[] bytes) {
        return new Ipv4(ByteBuffer.wrap(bytes).getInt());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /// This address as a subnet of one, a /32.
    public Ipv4Subnet alone() {
        return new Ipv4Subnet(this, 32);
    }

    @Override
    public int compareTo(Ipv4 other) {
        return Integer.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return (value >>> 24) + "." + (value >>> 16 & 255) + "." + (value >>> 8 & 255) + "." + (value & 255);
    }
}
