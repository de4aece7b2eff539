package io.jorch.runtime.launch;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.ScriptBuilder;

/// The kernel's structures that scripts pass, laid out as in include/uapi/linux. All fields are in native order.
final class Structures {
    private static final int SIGCHLD = 17;

    private Structures() {
    }

    /// `struct open_how` (openat2.h).
    static Datum openHow(ScriptBuilder script, int flags, int mode, long resolve) {
        return script.bytes("how", Datum.structure(24).putLong(flags & 0xffffffffL).putLong(mode).putLong(resolve)
                .array());
    }

    /// `struct clone_args` (sched.h), 88 bytes.
    static Datum cloneArguments(ScriptBuilder script, long flags) {
        return cloneArguments(script, flags, SIGCHLD);
    }

    /// @param exitSignal 0 with CLONE_PARENT, whose child takes the signal of the caller
    static Datum cloneArguments(ScriptBuilder script, long flags, int exitSignal) {
        return script.bytes("clone", Datum.structure(88).putLong(0, flags).putLong(32, exitSignal).array());
    }

    /// `struct mount_attr` (mount.h).
    static Datum mountAttributes(ScriptBuilder script, long set, long propagation, int userNamespace) {
        return script.bytes("attr", Datum.structure(32).putLong(set).putLong(0).putLong(propagation)
                .putLong(userNamespace).array());
    }

    /// `struct ifreq` (if.h) with a name and flags.
    static Datum interfaceFlags(ScriptBuilder script, String name, int flags) {
        return script.bytes("ifreq",
                Datum.structure(40).put(0, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .putShort(16, (short) flags).array());
    }

    /// `struct rlimit64`.
    static Datum limit(ScriptBuilder script, ProcessPlan.Rlimit limit) {
        return script.bytes("limit", Datum.structure(16).putLong(limit.soft()).putLong(limit.hard()).array());
    }

    /// `gid_t[]`.
    static Datum groups(ScriptBuilder script, List<Integer> groups) {
        ByteBuffer list = Datum.structure(4 * groups.size());
        groups.forEach(list::putInt);
        return script.bytes("groups", list.array());
    }

    /// `struct __user_cap_header_struct` of version 3, for the calling thread.
    static Datum capabilityHeader(ScriptBuilder script) {
        return script.bytes("header", Datum.structure(8).putInt(0x20080522).putInt(0).array());
    }

    /// Two `struct __user_cap_data_struct`: low words, then high ones.
    static Datum capabilityData(ScriptBuilder script, ProcessPlan.Capabilities sets) {
        ByteBuffer data = Datum.structure(24);
        for (int shift = 0; shift <= 32; shift += 32) {
            data.putInt((int) (sets.effective() >>> shift)).putInt((int) (sets.permitted() >>> shift))
                    .putInt((int) (sets.inheritable() >>> shift));
        }
        return script.bytes("caps", data.array());
    }

    /// `struct sock_fprog`: u16 count, then the address of the instructions at 8.
    static Datum filterProgram(ScriptBuilder script, byte[] instructions) {
        Datum code = script.bytes("filter", instructions);
        return script.structure("program", Datum.structure(16).putShort((short) (instructions.length / 8)).array(),
                Map.of(8, code));
    }
}
