package io.jorch.runtime.script;

/// What an operation works on.
public sealed interface Operand {
    /// The number itself.
    record Constant(long value) implements Operand {
    }

    /// The address of a datum, plus an offset into it.
    record Address(Datum datum, int offset) implements Operand {
    }

    /// The 64-bit word that a datum holds at the offset when the operation runs. The kernel looks only at the low half
    /// where it takes an int, so the descriptors that pipe2 writes can be read from where they are.
    record Value(Datum datum, int offset) implements Operand {
    }
}
