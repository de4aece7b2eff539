package io.jorch.runtime.security;

import io.jorch.runtime.linux.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Compiles a profile: check the architecture, load the number, find its rule by a search tree over ranges of numbers
/// with the same rule, then follow that rule. Numbers beyond the table fall into the last range and are absent, and with
/// them every x32 call (bit 30 set).
final class SeccompCompiler {
    /// Offsets in `struct seccomp_data` (linux/seccomp.h).
    static final int NUMBER = 0;
    static final int ARCHITECTURE = 4;
    static final int ARGUMENTS = 16;

    private SeccompCompiler() {
    }

    static BpfProgram compile(SeccompProfile profile, Architecture architecture) {
        BpfNode search = new RangeTree(ranges(profile, architecture)).build();
        BpfNode body = new BpfNode.Load(NUMBER, search);
        return BpfLinker.link(new BpfNode.Load(ARCHITECTURE, new BpfNode.Branch(BpfProgram.JUMP_EQUAL,
                SeccompCompiler.audit(architecture), body, new BpfNode.Return(SeccompRule.RETURN_KILL))));
    }

    /// `AUDIT_ARCH_*` of linux/audit.h, which the kernel puts into `seccomp_data.arch`: a filter that doesn't check it
    /// can be passed by through a 32-bit entry.
    static int audit(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> 0xC000003E;
            case AARCH64 -> 0xC00000B7;
        };
    }

    /// The whole of 32-bit numbers, cut where the rule changes.
    private static List<RangeTree.Range> ranges(SeccompProfile profile, Architecture architecture) {
        TreeMap<Integer, SeccompRule> byNumber = new TreeMap<>();
        for (SyscallTable.Entry entry : SyscallTable.get().entries()) {
            int number = entry.number(architecture);
            if (number != SyscallTable.NONE) {
                byNumber.put(number, profile.rules().getOrDefault(entry.name(), SeccompRule.DENY));
            }
        }
        List<RangeTree.Range> ranges = new ArrayList<>();
        SeccompRule current = null;
        for (int number = 0; number <= byNumber.lastKey() + 1; number++) {
            SeccompRule rule = byNumber.getOrDefault(number, SeccompRule.ABSENT);
            if (!rule.equals(current)) {
                ranges.add(new RangeTree.Range(number, node(rule)));
                current = rule;
            }
        }
        return ranges;
    }

    private static BpfNode node(SeccompRule rule) {
        return switch (rule) {
            case SeccompRule.Return plain -> new BpfNode.Return(plain.action());
            case SeccompRule.AnyBit bits -> new BpfNode.Load(offset(bits.argument()), new BpfNode.Branch(
                    BpfProgram.JUMP_SET, bits.mask(), node(bits.set()), node(bits.clear())));
            case SeccompRule.OneOf list -> new BpfNode.Load(offset(list.argument()), comparisons(list));
        };
    }

    private static BpfNode comparisons(SeccompRule.OneOf list) {
        BpfNode then = node(list.then());
        BpfNode rest = switch (list.otherwise()) {
            // The same argument again: it is loaded already.
            case SeccompRule.OneOf next when next.argument() == list.argument() -> comparisons(next);
            default -> node(list.otherwise());
        };
        for (int value : list.values().reversed()) {
            rest = new BpfNode.Branch(BpfProgram.JUMP_EQUAL, value, then, rest);
        }
        return rest;
    }

    /// The low half of an argument, little-endian.
    private static int offset(int argument) {
        return ARGUMENTS + 8 * argument;
    }
}
