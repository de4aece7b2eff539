package io.jorch.net.address;

import io.jorch.api.error.JorchException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// An IPv4 address.
///
/// @param value the four bytes as one number, the first byte highest
public record Ipv4(int value) implements Comparable<Ipv4> {
    /// Reads what must be an address.
    ///
    /// @param field the name of the field in the message of the failure
    public static Ipv4 parse(String field, String text) {
        return read(text).orElseThrow(
                () -> JorchException.invalid(field, "\"" + text + "\" is no IPv4 address such as 10.0.1.5"));
    }

    /// Strict: four decimal numbers without leading zeros, which some readers take for octal. By hand, because a map of a
    /// large cluster holds thousands.
    public static Optional<Ipv4> read(String text) {
        int value = 0;
        int start = 0;
        for (int part = 0; part < 4; part++) {
            int end = part == 3 ? text.length() : text.indexOf('.', start);
            int number = end < 0 ? -1 : number(text, start, end);
            if (number < 0) {
                return Optional.empty();
            }
            value = value << 8 | number;
            start = end + 1;
        }
        return Optional.of(new Ipv4(value));
    }

    /// 0 to 255, or -1 for anything else.
    private static int number(String text, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(start) == '0')) {
            return -1;
        }
        int number = 0;
        for (int index = start; index < end; index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number > 255 ? -1 : number;
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
