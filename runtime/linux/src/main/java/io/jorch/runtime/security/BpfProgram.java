package io.jorch.runtime.security;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A classic BPF program, one `struct sock_filter` (linux/filter.h) per long: code in bits 0–15, jt in 16–23, jf in
/// 24–31, k in 32–63, which is the struct's layout in memory on a little-endian machine. Immutable.
public final class BpfProgram {
    /// The kernel's limit, `BPF_MAXINSNS`.
    public static final int MAX_SIZE = 4096;
    /// Bytes of one instruction.
    public static final int INSTRUCTION_BYTES = 8;

    /// `BPF_LD | BPF_W | BPF_ABS`: A = the 32-bit word at offset k of seccomp_data.
    static final int LOAD = 0x20;
    static final int JUMP = 0x05;
    static final int JUMP_EQUAL = 0x15;
    static final int JUMP_GREATER_EQUAL = 0x35;
    static final int JUMP_SET = 0x45;
    static final int RETURN = 0x06;

    private final long[] instructions;

    BpfProgram(long[] instructions) {
        this.instructions = instructions.clone();
    }

    static long instruction(int code, int yes, int no, int k) {
        return (code & 0xffffL) | (yes & 0xffL) << 16 | (no & 0xffL) << 24 | (k & 0xffffffffL) << 32;
    }

    public int size() {
        return instructions.length;
    }

    public int code(int index) {
        return (int) (instructions[index] & 0xffff);
    }

    public int jumpTrue(int index) {
        return (int) (instructions[index] >>> 16 & 0xff);
    }

    public int jumpFalse(int index) {
        return (int) (instructions[index] >>> 24 & 0xff);
    }

    public int constant(int index) {
        return (int) (instructions[index] >>> 32);
    }

    /// The array that `struct sock_fprog.filter` points at.
    public byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(instructions.length * INSTRUCTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long instruction : instructions) {
            buffer.putLong(instruction);
        }
        return buffer.array();
    }
}
