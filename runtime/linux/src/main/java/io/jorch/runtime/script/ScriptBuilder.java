package io.jorch.runtime.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jorch.runtime.linux.Architecture;
import io.jorch.runtime.linux.Syscall;
import org.jspecify.annotations.Nullable;

/// Assembles a script, operation by operation. Operands are given as Integer, Long, String (its address), [Datum] (a
/// slot's value, any other datum's address) or [Operand].
public final class ScriptBuilder {
    private final Architecture architecture;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Datum> data = new ArrayList<>();
    private final Map<String, Datum> texts = new LinkedHashMap<>();

    public ScriptBuilder(Architecture architecture) {
        this.architecture = architecture;
    }

    /// A call that must succeed: otherwise the script ends with a report that names this step.
    public void call(String step, Syscall syscall, Object... operands) {
        add(Operation.Kind.SYSCALL, callOperands(syscall, operands), null, null, false, step);
    }

    /// As [#call], keeping the result in the slot.
    public void callInto(Datum slot, String step, Syscall syscall, Object... operands) {
        add(Operation.Kind.SYSCALL, callOperands(syscall, operands), new Operand.Address(slot, 0), null, false, step);
    }

    /// As [#callInto], into a word of a larger datum.
    public void callInto(Operand.Address word, String step, Syscall syscall, Object... operands) {
        add(Operation.Kind.SYSCALL, callOperands(syscall, operands), word, null, false, step);
    }

    /// A call that may fail: the slot then holds the negative errno, for a jump to look at.
    public void tryInto(Datum slot, String step, Syscall syscall, Object... operands) {
        add(Operation.Kind.SYSCALL, callOperands(syscall, operands), new Operand.Address(slot, 0), null, true, step);
    }

    /// A new slot holding the result of a call that must succeed.
    public Datum result(String name, String step, Syscall syscall, Object... operands) {
        Datum slot = slot(name);
        callInto(slot, step, syscall, operands);
        return slot;
    }

    public void jump(Label target) {
        add(Operation.Kind.JUMP, List.of(), null, target, false, "jump");
    }

    public void jumpIfEqual(Datum slot, long value, Label target) {
        jumpIfEqual(new Operand.Value(slot, 0), value, target);
    }

    public void jumpIfEqual(Operand.Value word, long value, Label target) {
        add(Operation.Kind.JUMP_EQUAL, List.of(word, new Operand.Constant(value)), null, target,
                false, "jump");
    }

    public void jumpIfNegative(Datum slot, Label target) {
        add(Operation.Kind.JUMP_NEGATIVE, List.of(new Operand.Value(slot, 0)), null, target, false, "jump");
    }

    /// Writes the slot's number into ten bytes of a datum, padded on the left.
    public void writeNumber(Datum slot, Datum into, int offset, char padding) {
        add(Operation.Kind.ITOA,
                List.of(new Operand.Value(slot, 0), new Operand.Address(into, offset), new Operand.Constant(padding)), null,
                null, false, "itoa");
    }

    /// Ends the script with a report of the negative errno in the slot.
    public void fail(String step, Datum slot) {
        add(Operation.Kind.FAIL, List.of(new Operand.Value(slot, 0)), null, null, false, step);
    }

    public Label label(String name) {
        return new Label(name);
    }

    public void place(Label label) {
        label.place(operations.size());
    }

    public Datum slot(String name) {
        return keep(Datum.slot(name));
    }

    /// The string's datum; equal strings share one.
    public Datum text(String text) {
        return texts.computeIfAbsent(text, missing -> keep(Datum.text(missing)));
    }

    /// A string that the script will write into, so never shared.
    public Datum buffer(String text) {
        return keep(Datum.text(text));
    }

    public Datum bytes(String name, byte[] content) {
        return keep(Datum.bytes(name, content));
    }

    /// A structure with words that point to other data, by offset.
    public Datum structure(String name, byte[] content, Map<Integer, Datum> pointers) {
        Datum structure = bytes(name, content);
        pointers.forEach(structure::point);
        return structure;
    }

    /// An array of pointers that ends with null, as execve wants it.
    public Datum vector(String name, List<Datum> elements) {
        Datum vector = bytes(name, new byte[8 * (elements.size() + 1)]);
        for (int i = 0; i < elements.size(); i++) {
            vector.point(8 * i, elements.get(i));
        }
        return vector;
    }

    public Datum texts(String name, List<String> elements) {
        return vector(name, elements.stream().map(this::text).toList());
    }

    /// @param reportDescriptor where the interpreter writes its report of a failure
    public Script assemble(int reportDescriptor) {
        return Assembly.assemble(architecture, operations, data, reportDescriptor);
    }

    public static int lengthOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private Datum keep(Datum datum) {
        data.add(datum);
        return datum;
    }

    private List<Operand> callOperands(Syscall syscall, Object[] operands) {
        if (operands.length > 6) {
            throw new IllegalArgumentException(syscall + " with " + operands.length + " operands");
        }
        List<Operand> all = new ArrayList<>();
        all.add(new Operand.Constant(syscall.number(architecture)));
        Arrays.stream(operands).map(this::operand).forEach(all::add);
        return all;
    }

    private Operand operand(Object operand) {
        return switch (operand) {
            case Integer value -> new Operand.Constant(value);
            case Long value -> new Operand.Constant(value);
            case String text -> new Operand.Address(text(text), 0);
            case Datum datum when datum.kind() == Datum.Kind.SLOT -> new Operand.Value(datum, 0);
            case Datum datum -> new Operand.Address(datum, 0);
            case Operand ready -> ready;
            default -> throw new IllegalArgumentException("operand of " + operand.getClass());
        };
    }

    private void add(Operation.Kind kind, List<Operand> operands, Operand.@Nullable Address result, @Nullable Label target,
            boolean mayFail, String step) {
        operations.add(new Operation(kind, operands, result, target, mayFail, step));
    }
}
