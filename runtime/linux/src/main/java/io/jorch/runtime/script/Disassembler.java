package io.jorch.runtime.script;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.jorch.runtime.linux.Syscall;

/// Shows an assembled script as text, one operation per line, from the image itself: what golden tests compare.
/// Addresses of data are shown as the text, the name of the slot or the bytes in hex, so the layout does not matter.
public final class Disassembler {
    private static final int WIDEST_HEX = 64;

    private final Script script;
    private final ByteBuffer image;
    private final NavigableMap<Long, Datum> byAddress = new TreeMap<>();
    private final Map<Datum, String> names = new IdentityHashMap<>();

    private Disassembler(Script script) {
        this.script = script;
        this.image = ByteBuffer.wrap(script.image()).order(ByteOrder.nativeOrder());
        script.offsets().forEach((datum, offset) -> byAddress.put(Script.BASE + offset, datum));
        Map<String, Integer> counts = new HashMap<>();
        byAddress.values().stream().filter(datum -> datum.kind() != Datum.Kind.TEXT).forEach(datum -> {
            int count = counts.merge(datum.name(), 1, Integer::sum);
            names.put(datum, count == 1 ? datum.name() : datum.name() + count);
        });
    }

    /// Data of the same name are numbered, so that a listing tells them apart.
    private String name(Datum datum) {
        return names.getOrDefault(datum, quoted(datum.name()));
    }

    public static String disassemble(Script script) {
        Disassembler disassembler = new Disassembler(script);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < script.operations().size(); i++) {
            text.append("%3d %s%n".formatted(i, disassembler.line(i)));
        }
        return text.toString();
    }

    private String line(int index) {
        int at = Script.HEADER_SIZE + index * Operation.SIZE;
        int kind = image.getShort(at);
        int flags = image.getShort(at + 2) & 0xffff;
        int target = (image.getInt(at + 4) - Script.HEADER_SIZE) / Operation.SIZE;
        long result = image.getLong(at + 8);
        int operands = script.operations().get(index).operands().size();
        StringJoiner shown = new StringJoiner(", ", "(", ")");
        for (int i = kind == 1 ? 1 : 0; i < operands; i++) {
            shown.add(operand(image.getLong(at + 16 + 8 * i), (flags >> i & 1) != 0));
        }
        return switch (kind) {
            case 1 -> (result == 0 ? "" : operand(result, true) + " = ") + callName(image.getLong(at + 16)) + shown
                    + ((flags & 0x8000) != 0 ? " or go on" : "");
            case 2 -> "jump " + target;
            case 3 -> "if equal " + shown + " jump " + target;
            case 4 -> "if negative " + shown + " jump " + target;
            case 5 -> "itoa " + shown;
            case 6 -> "fail " + shown;
            default -> "kind " + kind + shown;
        };
    }

    private String callName(long number) {
        return Syscall.of(script.architecture(), number).map(Syscall::callName).orElse("syscall " + number);
    }

    private String operand(long word, boolean indirect) {
        Map.Entry<Long, Datum> below = byAddress.floorEntry(word);
        if (indirect && below != null) {
            long inside = word - below.getKey();
            return name(below.getValue()) + (inside == 0 ? "" : "[" + inside + "]");
        }
        if (below == null || word >= Script.BASE + image.capacity()) {
            return word >= -4096 && word < 65536 ? Long.toString(word) : "0x" + Long.toHexString(word);
        }
        long inside = word - below.getKey();
        return datum(below.getValue()) + (inside == 0 ? "" : "+" + inside);
    }

    private String datum(Datum datum) {
        byte[] bytes = new byte[datum.content().length];
        image.get(java.util.Objects.requireNonNull(script.offsets().get(datum)), bytes);
        return switch (datum.kind()) {
            case SLOT -> "&" + name(datum);
            case TEXT -> quoted(new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8));
            case BYTES -> {
                String pointers = datum.pointers().isEmpty()
                        ? ""
                        : datum.pointers().stream().map(pointer -> datum(pointer.target()))
                                .collect(Collectors.joining(", ", "->[", "]"));
                yield name(datum) + "{" + hex(bytes, datum) + "}" + pointers;
            }
        };
    }

    /// Pointers depend on the layout, so their words are shown as zero.
    private static String hex(byte[] bytes, Datum datum) {
        datum.pointers().forEach(pointer -> java.util.Arrays.fill(bytes, pointer.offset(), pointer.offset() + 8,
                (byte) 0));
        if (datum.pointers().size() * 8 + 8 == bytes.length) {
            return "";
        }
        String hex = HexFormat.of().formatHex(bytes);
        return hex.length() <= WIDEST_HEX
                ? hex
                : hex.substring(0, WIDEST_HEX) + "... " + bytes.length + " bytes, hash "
                        + Integer.toHexString(java.util.Arrays.hashCode(bytes));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\n", "\\n").replace("\"", "\\\"") + '"';
    }
}
