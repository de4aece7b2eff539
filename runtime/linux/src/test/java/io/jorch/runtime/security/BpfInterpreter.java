package io.jorch.runtime.security;

/// Runs a classic BPF program as the kernel's seccomp does: 32-bit words of `struct seccomp_data`, forward jumps.
/// Refuses what the kernel's checker would refuse.
final class BpfInterpreter {
    private static final int DATA_BYTES = 64;

    private final BpfProgram program;

    BpfInterpreter(BpfProgram program) {
        this.program = program;
    }

    /// The `SECCOMP_RET_` value for a call.
    int run(int architecture, int number, long[] arguments) {
        int accumulator = 0;
        int at = 0;
        while (true) {
            if (at >= program.size()) {
                throw new IllegalStateException("ran past the end");
            }
            int k = program.constant(at);
            switch (program.code(at)) {
                case BpfProgram.LOAD -> {
                    accumulator = word(k, architecture, number, arguments);
                    at++;
                }
                case BpfProgram.JUMP -> at += 1 + k;
                case BpfProgram.JUMP_EQUAL -> at += jump(at, accumulator == k);
                case BpfProgram.JUMP_GREATER_EQUAL -> at += jump(at, Integer.compareUnsigned(accumulator, k) >= 0);
                case BpfProgram.JUMP_SET -> at += jump(at, (accumulator & k) != 0);
                case BpfProgram.RETURN -> {
                    return k;
                }
                default -> throw new IllegalStateException("unknown code " + program.code(at) + " at " + at);
            }
        }
    }

    private int jump(int at, boolean taken) {
        return 1 + (taken ? program.jumpTrue(at) : program.jumpFalse(at));
    }

    private static int word(int offset, int architecture, int number, long[] arguments) {
        if (offset % 4 != 0 || offset < 0 || offset >= DATA_BYTES) {
            throw new IllegalStateException("load from offset " + offset);
        }
        return switch (offset) {
            case 0 -> number;
            case 4 -> architecture;
            case 8, 12 -> 0;
            default -> (int) (arguments[(offset - 16) / 8] >>> 8 * (offset % 8));
        };
    }
}
