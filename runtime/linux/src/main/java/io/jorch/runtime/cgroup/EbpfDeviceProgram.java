package io.jorch.runtime.cgroup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The device filter of v2 as an eBPF program of type `BPF_PROG_TYPE_CGROUP_DEVICE`: the kernel runs it whenever a
/// process of the cgroup opens or makes a device, and refuses with EPERM where it answers 0. Pure; one
/// `struct bpf_insn` (linux/bpf.h) per instruction.
final class EbpfDeviceProgram {
    static final int INSTRUCTION_BYTES = 8;

    /// Registers: r0 is the answer, r1 first points at `struct bpf_cgroup_dev_ctx` and is then scratch.
    private static final int ANSWER = 0;
    private static final int SCRATCH = 1;
    private static final int TYPE = 2;
    private static final int ACCESS = 3;
    private static final int MAJOR = 4;
    private static final int MINOR = 5;

    /// `BPF_LDX | BPF_MEM | BPF_W` and so on (linux/bpf_common.h, linux/bpf.h).
    private static final int LOAD_WORD = 0x61;
    private static final int AND_CONSTANT = 0x54;
    private static final int SHIFT_RIGHT = 0x74;
    private static final int MOVE_REGISTER = 0xbf;
    private static final int MOVE_CONSTANT = 0xb7;
    private static final int JUMP_IF_NOT_CONSTANT = 0x55;
    private static final int JUMP_IF_NOT_REGISTER = 0x5d;
    private static final int EXIT = 0x95;

    /// `BPF_DEVCG_DEV_*` and `BPF_DEVCG_ACC_*`.
    private static final int BLOCK = 1;
    private static final int CHARACTER = 2;
    private static final int MAKE = 1;
    private static final int READ = 2;
    private static final int WRITE = 4;
    private static final int EVERY_ACCESS = MAKE | READ | WRITE;

    private final List<Long> program = new ArrayList<>();

    private EbpfDeviceProgram() {
    }

    static byte[] compile(List<DeviceRule> rules) {
        EbpfDeviceProgram program = new EbpfDeviceProgram();
        program.head();
        for (DeviceRule rule : rules) {
            program.rule(rule);
        }
        program.add(MOVE_CONSTANT, ANSWER, 0, 0, 0);
        program.add(EXIT, 0, 0, 0, 0);
        return program.bytes();
    }

    /// The context's first word is access << 16 | type; then major and minor.
    private void head() {
        add(LOAD_WORD, TYPE, SCRATCH, 0, 0);
        add(AND_CONSTANT, TYPE, 0, 0, 0xffff);
        add(LOAD_WORD, ACCESS, SCRATCH, 0, 0);
        add(SHIFT_RIGHT, ACCESS, 0, 0, 16);
        add(LOAD_WORD, MAJOR, SCRATCH, 4, 0);
        add(LOAD_WORD, MINOR, SCRATCH, 8, 0);
    }

    /// Answers 1 if the rule covers the access, else falls through to the next.
    private void rule(DeviceRule rule) {
        int access = (rule.make() ? MAKE : 0) | (rule.read() ? READ : 0) | (rule.write() ? WRITE : 0);
        List<long[]> checks = new ArrayList<>();
        switch (rule.type()) {
            case ALL -> {
            }
            case BLOCK -> checks.add(new long[]{JUMP_IF_NOT_CONSTANT, TYPE, 0, BLOCK});
            case CHARACTER -> checks.add(new long[]{JUMP_IF_NOT_CONSTANT, TYPE, 0, CHARACTER});
        }
        if (access != EVERY_ACCESS) {
            // Covered if masking with the rule's accesses leaves all that is asked for.
            checks.add(new long[]{MOVE_REGISTER, SCRATCH, ACCESS, 0});
            checks.add(new long[]{AND_CONSTANT, SCRATCH, 0, access});
            checks.add(new long[]{JUMP_IF_NOT_REGISTER, SCRATCH, ACCESS, 0});
        }
        if (rule.major() != DeviceRule.ANY) {
            checks.add(new long[]{JUMP_IF_NOT_CONSTANT, MAJOR, 0, rule.major()});
        }
        if (rule.minor() != DeviceRule.ANY) {
            checks.add(new long[]{JUMP_IF_NOT_CONSTANT, MINOR, 0, rule.minor()});
        }
        int next = checks.size() + 2;
        for (int index = 0; index < checks.size(); index++) {
            long[] check = checks.get(index);
            boolean jump = check[0] == JUMP_IF_NOT_CONSTANT || check[0] == JUMP_IF_NOT_REGISTER;
            add((int) check[0], (int) check[1], (int) check[2], jump ? next - index - 1 : 0, (int) check[3]);
        }
        add(MOVE_CONSTANT, ANSWER, 0, 0, 1);
        add(EXIT, 0, 0, 0, 0);
    }

    /// code, then destination in the low and source in the high half of a byte, offset, constant.
    private void add(int code, int destination, int source, int offset, int constant) {
        program.add((code & 0xffL) | (long) (source << 4 | destination) << 8 | (offset & 0xffffL) << 16
                | (constant & 0xffffffffL) << 32);
    }

    private byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(program.size() * INSTRUCTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        program.forEach(buffer::putLong);
        return buffer.array();
    }
}
