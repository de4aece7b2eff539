package io.jorch.manager.plan.allocate;

import io.jorch.api.error.JorchException;

/// An IPv4 network: `10.0.1.0/24`. Addresses are numbers, 0 to 2³² − 1.
///
/// @param first its lowest address
/// @param bits of the prefix, 0–32
public record Cidr(long first, int bits) {
    private static final long MAXIMUM = 0xFFFF_FFFFL;

    public Cidr {
        first &= MAXIMUM << (32 - bits) & MAXIMUM;
    }

    /// @param field named when the text is no CIDR
    public static Cidr parse(String text, String field) {
        int slash = text.indexOf('/');
        try {
            if (slash > 0) {
                int bits = Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= 32) {
                    return new Cidr(address(text.substring(0, slash), field), bits);
                }
            }
        } catch (NumberFormatException notANumber) {
            throw JorchException.invalid(field, "\"" + text + "\" is no subnet: write it as 10.0.1.0/24");
        }
        throw JorchException.invalid(field, "\"" + text + "\" is no subnet: write it as 10.0.1.0/24");
    }

    public static long address(String text, String field) {
        String[] parts = text.split("\\.", -1);
        long address = 0;
        boolean good = parts.length == 4;
        for (int i = 0; good && i < 4; i++) {
            good = parts[i].matches("[0-9]{1,3}") && Integer.parseInt(parts[i]) <= 255;
            address = good ? address << 8 | Integer.parseInt(parts[i]) : 0;
        }
        if (!good) {
            throw JorchException.invalid(field, "\"" + text + "\" is no IPv4 address: write it as 10.0.1.1");
        }
        return address;
    }

    public static String text(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "."
                + (address & 255);
    }

    public long size() {
        return 1L << 32 - bits;
    }

    /// Its highest address.
    public long last() {
        return first + size() - 1;
    }

    public boolean contains(long address) {
        return address >= first && address <= last();
    }

    public boolean overlaps(Cidr other) {
        return first <= other.last() && other.first <= last();
    }

    @Override
    public String toString() {
        return text(first) + "/" + bits;
    }
}
