package io.jorch.runtime.script;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.jorch.runtime.linux.Architecture;

/// Lays out header, operations and data, and turns labels and data into addresses.
final class Assembly {
    private static final int MAY_FAIL = 0x8000;

    private final Map<Datum, Integer> offsets = new IdentityHashMap<>();

    private Assembly() {
    }

    static Script assemble(Architecture architecture, List<Operation> operations, List<Datum> data,
            int reportDescriptor) {
        Assembly assembly = new Assembly();
        int dataStart = Script.HEADER_SIZE + operations.size() * Operation.SIZE;
        int end = dataStart;
        for (Datum datum : data) {
            assembly.offsets.put(datum, end);
            end += (datum.content().length + 7) / 8 * 8;
        }
        if (end > Script.ROOM) {
            throw new IllegalArgumentException("the script needs " + end + " bytes of " + Script.ROOM
                    + ": shorten the container's arguments or environment");
        }
        ByteBuffer image = ByteBuffer.allocate(end).order(ByteOrder.nativeOrder());
        image.putInt(Script.MAGIC).putInt(Script.VERSION).putInt(reportDescriptor).putInt(Script.HEADER_SIZE);
        operations.forEach(operation -> assembly.put(image, operation));
        data.forEach(datum -> assembly.put(image, datum));
        return new Script(architecture, image.array(), operations, data, assembly.offsets);
    }

    private void put(ByteBuffer image, Operation operation) {
        int flags = operation.mayFail() ? MAY_FAIL : 0;
        for (int i = 0; i < operation.operands().size(); i++) {
            flags |= operation.operands().get(i) instanceof Operand.Value ? 1 << i : 0;
        }
        image.putShort((short) operation.kind().code()).putShort((short) flags);
        Label target = operation.target();
        image.putInt(target == null ? 0 : Script.HEADER_SIZE + target.index() * Operation.SIZE);
        Operand.Address result = operation.result();
        image.putLong(result == null ? 0 : word(result));
        for (int i = 0; i < 7; i++) {
            image.putLong(i < operation.operands().size() ? word(operation.operands().get(i)) : 0);
        }
    }

    private long word(Operand operand) {
        return switch (operand) {
            case Operand.Constant(long value) -> value;
            case Operand.Address(Datum datum, int offset) -> address(datum) + offset;
            case Operand.Value(Datum datum, int offset) -> address(datum) + offset;
        };
    }

    private void put(ByteBuffer image, Datum datum) {
        int offset = offset(datum);
        image.put(offset, datum.content());
        datum.pointers().forEach(pointer -> image.putLong(offset + pointer.offset(), address(pointer.target())));
    }

    private long address(Datum datum) {
        return Script.BASE + offset(datum);
    }

    private int offset(Datum datum) {
        Integer offset = offsets.get(datum);
        if (offset == null) {
            throw new IllegalStateException("datum " + datum.name() + " is not of this script");
        }
        return offset;
    }
}
