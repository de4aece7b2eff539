package io.jorch.runtime.linux;

/// Loading eBPF programs and attaching them to cgroups (bpf(2)).
public final class BpfCalls {
    private static final int BPF_PROG_LOAD = 5;
    private static final int BPF_PROG_ATTACH = 8;
    private static final int BPF_PROG_TYPE_CGROUP_DEVICE = 15;
    private static final int BPF_CGROUP_DEVICE = 6;
    private static final int BPF_F_ALLOW_MULTI = 2;
    private static final int INSTRUCTION_BYTES = 8;

    private BpfCalls() {
    }

    /// Loads a device filter. The kernel frees it with the last of its descriptors and the cgroups it is attached to.
    ///
    /// @param instructions `struct bpf_insn` of 8 bytes each
    public static Fd loadDeviceFilter(byte[] instructions) {
        NativeMemory program = NativeMemory.of(instructions);
        // Only programs that call GPL helpers need to say so; these call none.
        NativeMemory license = NativeMemory.string("Apache-2.0");
        NativeMemory attributes = NativeMemory.allocate(72).putInt(0, BPF_PROG_TYPE_CGROUP_DEVICE)
                .putInt(4, instructions.length / INSTRUCTION_BYTES).putLong(8, program.address())
                .putLong(16, license.address()).putInt(68, BPF_CGROUP_DEVICE);
        try {
            return Fd.adopt(Kernel.call(Syscall.BPF, "load the device filter", BPF_PROG_LOAD, attributes, 72));
        } finally {
            java.lang.ref.Reference.reachabilityFence(program);
            java.lang.ref.Reference.reachabilityFence(license);
        }
    }

    /// Attaches a device filter to an open v2 cgroup, beside those that stand there: all must allow an access.
    public static void attachDeviceFilter(Fd cgroup, Fd program) {
        NativeMemory attributes = NativeMemory.allocate(16).putInt(0, cgroup.number()).putInt(4, program.number())
                .putInt(8, BPF_CGROUP_DEVICE).putInt(12, BPF_F_ALLOW_MULTI);
        Kernel.call(Syscall.BPF, "attach the device filter", BPF_PROG_ATTACH, attributes, 16);
    }
}
