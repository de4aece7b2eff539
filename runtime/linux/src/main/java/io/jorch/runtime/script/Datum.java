package io.jorch.runtime.script;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A piece of the script's data: a constant, or room that operations write to. Words of it may hold the address of
/// other data, filled in when the script is assembled.
public final class Datum {
    /// How the disassembler shows it.
    public enum Kind {
        TEXT, BYTES, SLOT
    }

    record Pointer(int offset, Datum target) {
    }

    private final Kind kind;
    private final byte[] content;
    private final String name;
    private final List<Pointer> pointers = new ArrayList<>();

    private Datum(Kind kind, String name, byte[] content) {
        this.kind = kind;
        this.name = name;
        this.content = content;
    }

    /// A string with its terminating zero.
    static Datum text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a zero byte in " + text.replace('\0', '?'));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Datum(Kind.TEXT, text, java.util.Arrays.copyOf(bytes, bytes.length + 1));
    }

    static Datum bytes(String name, byte[] content) {
        return new Datum(Kind.BYTES, name, content.clone());
    }

    /// One 64-bit word that operations write their result to and read their operands from.
    static Datum slot(String name) {
        return new Datum(Kind.SLOT, name, new byte[8]);
    }

    /// Lets the word at the offset hold the target's address.
    Datum point(int offset, Datum target) {
        pointers.add(new Pointer(offset, target));
        return this;
    }

    public Kind kind() {
        return kind;
    }

    /// The text itself, or what the data is for.
    public String name() {
        return name;
    }

    byte[] content() {
        return content;
    }

    List<Pointer> pointers() {
        return pointers;
    }

    /// A little-endian buffer over a fresh array, for building structures.
    public static ByteBuffer structure(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
