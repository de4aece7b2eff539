package io.jorch.runtime.security;

import io.jorch.runtime.linux.Architecture;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which system calls a task may make: a rule per name, everything else refused. Immutable and pure; [#compile] turns
/// it into the program that the kernel runs.
///
/// Default-deny: a call that the table knows and no rule lets through gets EPERM, a number that it doesn't know gets
/// ENOSYS, as from an older kernel, so that C libraries fall back instead of failing. Calls through another
/// architecture's entry (32-bit on a 64-bit kernel) kill the process: they would be read with the wrong numbers, and
/// their entry code is the least looked-at of the kernel.
///
/// @param rules by name; calls of the table without a rule here are denied
public record SeccompProfile(Map<String, SeccompRule> rules) {
    public SeccompProfile {
        rules = Map.copyOf(rules);
    }

    private static final class Holder {
        static final BpfProgram DEFAULT = forCapabilities(Capabilities.DEFAULT).compile(Architecture.current());
    }

    /// The filter of a task with the default capabilities on this machine, compiled once.
    public static BpfProgram defaultFilter() {
        return Holder.DEFAULT;
    }

    /// The filter of a task with these capabilities on this machine.
    public static BpfProgram filter(Capabilities granted) {
        return granted.equals(Capabilities.DEFAULT)
                ? defaultFilter()
                : forCapabilities(granted).compile(Architecture.current());
    }

    /// The default profile, widened by what the granted capabilities are useless without. As in Docker's profile, but
    /// SYS_ADMIN opens neither bpf nor perf_event_open (they have capabilities of their own) nor user namespaces.
    public static SeccompProfile forCapabilities(Capabilities granted) {
        Map<String, SeccompRule> rules = new LinkedHashMap<>();
        for (SyscallTable.Entry entry : SyscallTable.get().entries()) {
            Capability capability = entry.capability();
            rules.put(entry.name(), switch (entry.verdict()) {
                case ALLOW -> SeccompRule.ALLOW;
                case RULE -> SeccompRules.of(entry.name(), granted);
                case CAPABILITY -> capability != null && granted.contains(capability)
                        ? SeccompRule.ALLOW
                        : SeccompRule.DENY;
                case DENY -> SeccompRule.DENY;
                case ABSENT -> SeccompRule.ABSENT;
            });
        }
        return new SeccompProfile(rules);
    }

    /// The rule for a number on an architecture (as the kernel gives it: any 32-bit value).
    public SeccompRule rule(Architecture architecture, int number) {
        for (SyscallTable.Entry entry : SyscallTable.get().entries()) {
            if (number != SyscallTable.NONE && entry.number(architecture) == number) {
                return rules.getOrDefault(entry.name(), SeccompRule.DENY);
            }
        }
        return SeccompRule.ABSENT;
    }

    public BpfProgram compile(Architecture architecture) {
        return SeccompCompiler.compile(this, architecture);
    }
}
