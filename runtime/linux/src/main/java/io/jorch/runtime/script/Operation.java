package io.jorch.runtime.script;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// One operation before assembly.
///
/// @param step what it does in words, for the message when it fails
record Operation(Kind kind, List<Operand> operands, Operand.@Nullable Address result, @Nullable Label target, boolean mayFail,
        String step) {
    static final int SIZE = 72;

    /// The codes of `enum kind` in interpreter.c.
    enum Kind {
        SYSCALL(1), JUMP(2), JUMP_EQUAL(3), JUMP_NEGATIVE(4), ITOA(5), FAIL(6);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    Operation {
        operands = List.copyOf(operands);
    }
}
