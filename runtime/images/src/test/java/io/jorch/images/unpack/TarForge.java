package io.jorch.images.unpack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/// Writes tar archives byte by byte, so that they can be wrong in every way that a hostile one is.
public final class TarForge {
    private static final int RECORD = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int mode = 0644;
    private long uid;
    private long gid;
    private long modified = 1_000_000_000L;
    private String devices = "";

    public TarForge owner(long newUid, long newGid) {
        uid = newUid;
        gid = newGid;
        return this;
    }

    public TarForge mode(int newMode) {
        mode = newMode;
        return this;
    }

    public TarForge modified(long seconds) {
        modified = seconds;
        return this;
    }

    public TarForge file(String name, String content) {
        return entry('0', name, "", content.getBytes(StandardCharsets.UTF_8));
    }

    public TarForge directory(String name) {
        int before = mode;
        mode = 0755;
        entry('5', name, "", new byte[0]);
        mode = before;
        return this;
    }

    public TarForge symlink(String name, String target) {
        return entry('2', name, target, new byte[0]);
    }

    public TarForge hardlink(String name, String target) {
        return entry('1', name, target, new byte[0]);
    }

    public TarForge device(char type, String name, int major, int minor) {
        devices = octal(major, 8) + octal(minor, 8);
        entry(type, name, "", new byte[0]);
        devices = "";
        return this;
    }

    /// A PAX header for the next entry.
    public TarForge pax(String key, String value) {
        return pax(key, value.getBytes(StandardCharsets.UTF_8));
    }

    public TarForge pax(String key, byte[] value) {
        byte[] head = (" " + key + "=").getBytes(StandardCharsets.UTF_8);
        int length = head.length + value.length + 1;
        int total = length + String.valueOf(length).length();
        total = length + String.valueOf(total).length();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(String.valueOf(total).getBytes(StandardCharsets.UTF_8));
        record.writeBytes(head);
        record.writeBytes(value);
        record.write('\n');
        return entry('x', "pax", "", record.toByteArray());
    }

    public TarForge entry(char type, String name, String link, byte[] content) {
        header(type, name, link, content.length);
        return raw(content).pad();
    }

    public TarForge header(char type, String name, String link, long size) {
        byte[] header = new byte[RECORD];
        put(header, 0, 100, name);
        put(header, 100, 8, octal(mode, 8));
        put(header, 108, 8, octal(uid, 8));
        put(header, 116, 8, octal(gid, 8));
        put(header, 124, 12, octal(size, 12));
        put(header, 136, 12, octal(modified, 12));
        put(header, 148, 8, "        ");
        header[156] = (byte) type;
        put(header, 157, 100, link);
        put(header, 257, 8, "ustar\00000");
        put(header, 329, 16, devices);
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, 8, String.format("%06o\0 ", sum));
        out.writeBytes(header);
        return this;
    }

    public TarForge raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public TarForge zeros(int count) {
        return raw(new byte[count]);
    }

    private TarForge pad() {
        return zeros((RECORD - out.size() % RECORD) % RECORD);
    }

    /// The archive with its end marker.
    public byte[] end() {
        return zeros(2 * RECORD).bytes();
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    private static String octal(long value, int width) {
        // A negative number is base 256 with all bits set.
        return value < 0 ? "\u00ff".repeat(width) : String.format("%0" + (width - 1) + "o\0", value);
    }

    private static void put(byte[] header, int offset, int length, String text) {
        byte[] bytes = text.getBytes(text.chars().allMatch(c -> c < 256) && text.chars().anyMatch(c -> c > 127)
                ? StandardCharsets.ISO_8859_1
                : StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, Math.min(bytes.length, length));
        if (bytes.length > length) {
            throw new IllegalArgumentException(text + " is longer than " + length + ": use pax");
        }
    }

    static String repeat(String text, int count) {
        return String.join("", java.util.Collections.nCopies(count, text));
    }

    static byte[] filled(int count, char value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
