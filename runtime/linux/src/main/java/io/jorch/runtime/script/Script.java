package io.jorch.runtime.script;

import java.util.List;
import java.util.Map;

import io.jorch.runtime.linux.Architecture;

/// An assembled script: the image that the interpreter maps, and what is needed to explain its failures.
public final class Script {
    /// Where the interpreter maps the image.
    public static final long BASE = 0x20000000L;
    static final int ROOM = 0x02000000;
    /// "JSCR" in memory order.
    static final int MAGIC = 0x5243534a;
    static final int VERSION = 1;
    static final int HEADER_SIZE = 16;

    private final Architecture architecture;
    private final byte[] image;
    private final List<Operation> operations;
    private final List<Datum> data;
    private final Map<Datum, Integer> offsets;

    Script(Architecture architecture, byte[] image, List<Operation> operations, List<Datum> data,
            Map<Datum, Integer> offsets) {
        this.architecture = architecture;
        this.image = image;
        this.operations = List.copyOf(operations);
        this.data = List.copyOf(data);
        this.offsets = offsets;
    }

    public byte[] image() {
        return image.clone();
    }

    /// What the operation at the offset was doing, in the words given when it was built.
    public String stepAt(long offset) {
        return operationAt(offset).step();
    }

    Operation operationAt(long offset) {
        long index = (offset - HEADER_SIZE) / Operation.SIZE;
        if (index < 0 || index >= operations.size() || (offset - HEADER_SIZE) % Operation.SIZE != 0) {
            throw new IllegalArgumentException("no operation at offset " + offset);
        }
        return operations.get((int) index);
    }

    Architecture architecture() {
        return architecture;
    }

    List<Operation> operations() {
        return operations;
    }

    List<Datum> data() {
        return data;
    }

    Map<Datum, Integer> offsets() {
        return offsets;
    }
}
