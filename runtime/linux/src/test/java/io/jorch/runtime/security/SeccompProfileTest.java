package io.jorch.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.runtime.linux.Architecture;
import io.jorch.runtime.linux.Syscall;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SeccompProfileTest {
    private static final SeccompProfile DEFAULT = SeccompProfile.forCapabilities(Capabilities.DEFAULT);
    private static final int DENIED = SeccompRule.RETURN_ERRNO | SeccompRule.EPERM;

    @ParameterizedTest
    @ValueSource(strings = {"mount", "umount2", "setns", "pivot_root", "bpf", "perf_event_open", "keyctl", "add_key",
            "request_key", "io_uring_setup", "io_uring_enter", "io_uring_register", "fsopen", "fsmount", "open_tree",
            "move_mount", "init_module", "finit_module", "kexec_load", "userfaultfd", "chroot", "open_by_handle_at",
            "reboot", "swapon", "settimeofday", "clock_settime", "syslog", "acct", "quotactl", "fanotify_init"})
    void refusesByDefault(String name) {
        assertEquals(DENIED, DEFAULT.rules().get(name).decide(new long[6]));
    }

    @ParameterizedTest
    @CsvSource({"SYS_ADMIN,mount", "SYS_ADMIN,setns", "SYS_CHROOT,chroot", "SYS_TIME,clock_settime", "BPF,bpf",
            "PERFMON,perf_event_open", "SYS_BOOT,reboot", "SYSLOG,syslog", "SYS_PTRACE,kcmp",
            "DAC_READ_SEARCH,open_by_handle_at"})
    void anAddedCapabilityOpensWhatItIsFor(Capability capability, String name) {
        SeccompProfile widened = SeccompProfile.forCapabilities(Capabilities.of(capability));
        assertEquals(SeccompRule.RETURN_ALLOW, widened.rules().get(name).decide(new long[6]));
    }

    @Test
    void noCapabilityOpensKeyRingsIoUringUserNamespacesOrClone3() {
        SeccompProfile widest = SeccompProfile.forCapabilities(Capabilities.ALL);
        for (String name : List.of("keyctl", "add_key", "request_key", "io_uring_setup", "userfaultfd", "kexec_load")) {
            assertEquals(DENIED, widest.rules().get(name).decide(new long[6]), name);
        }
        long[] newUser = {0x10000000, 0, 0, 0, 0, 0};
        assertEquals(DENIED, widest.rules().get("clone").decide(newUser));
        assertEquals(DENIED, widest.rules().get("unshare").decide(newUser));
        assertEquals(SeccompRule.RETURN_ERRNO | SeccompRule.ENOSYS, widest.rules().get("clone3").decide(newUser));
    }

    @Test
    void sysAdminAloneDoesNotOpenBpf() {
        SeccompProfile admin = SeccompProfile.forCapabilities(Capabilities.of(Capability.SYS_ADMIN));
        assertEquals(DENIED, admin.rules().get("bpf").decide(new long[6]));
        assertEquals(DENIED, admin.rules().get("perf_event_open").decide(new long[6]));
    }

    @ParameterizedTest
    @CsvSource({"0x20000", "0x2000000", "0x4000000", "0x8000000", "0x10000000", "0x20000000", "0x40000000"})
    void cloneMakesThreadsAndProcessesButNoNamespace(String flag) {
        SeccompRule clone = DEFAULT.rules().get("clone");
        long threads = 0x3d0f00;
        assertEquals(SeccompRule.RETURN_ALLOW, clone.decide(new long[]{threads, 0, 0, 0, 0, 0}));
        assertEquals(SeccompRule.RETURN_ALLOW, clone.decide(new long[]{0x11, 0, 0, 0, 0, 0}));
        assertEquals(DENIED, clone.decide(new long[]{Long.decode(flag) | 0x11, 0, 0, 0, 0, 0}));
    }

    @ParameterizedTest
    @CsvSource({"1,0,0", "2,0,0", "10,0,0", "16,0,0", "16,4,93", "16,9,93", "16,12,93", "16,15,93", "17,0,97",
            "21,0,97", "29,0,97", "30,0,97", "38,0,97", "40,0,97", "44,0,97", "0,0,97", "-1,0,97"})
    void socketFamilies(long family, long protocol, int errno) {
        int answer = DEFAULT.rules().get("socket").decide(new long[]{family, 1, protocol, 0, 0, 0});
        assertEquals(errno == 0 ? SeccompRule.RETURN_ALLOW : SeccompRule.RETURN_ERRNO | errno, answer);
    }

    @Test
    void aForbiddenIoctlCanNotBeHiddenBehindHighBits() {
        SeccompRule ioctl = DEFAULT.rules().get("ioctl");
        assertEquals(DENIED, ioctl.decide(new long[]{0, 0x5412, 0, 0, 0, 0}));
        assertEquals(DENIED, ioctl.decide(new long[]{0, 0x7_0000_5412L, 0, 0, 0, 0}));
        assertEquals(SeccompRule.RETURN_ALLOW, ioctl.decide(new long[]{0, 0x5413, 0, 0, 0, 0}));
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void theTableNamesEachNumberOnce(Architecture architecture) {
        Set<Integer> numbers = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (SyscallTable.Entry entry : SyscallTable.get().entries()) {
            assertTrue(names.add(entry.name()), entry.name() + " stands twice");
            int number = entry.number(architecture);
            if (number != SyscallTable.NONE) {
                assertTrue(numbers.add(number), "number " + number + " stands twice");
            }
        }
        assertTrue(numbers.size() > 300, "only " + numbers.size() + " calls");
    }

    /// linux/unistd.h of each architecture; a few that differ between them, and some of the shared range.
    @ParameterizedTest
    @CsvSource({"read,0,63", "clone,56,220", "execve,59,221", "mount,165,40", "open,2,-1", "openat,257,56",
            "bpf,321,280", "seccomp,317,277", "newfstatat,262,79", "mmap,9,222", "clone3,435,435", "openat2,437,437",
            "landlock_create_ruleset,444,444", "io_uring_setup,425,425", "removexattrat,466,466"})
    void numbersAreTheKernels(String name, int x86, int arm) {
        assertEquals(x86, SyscallTable.get().number(name, Architecture.X86_64));
        assertEquals(arm, SyscallTable.get().number(name, Architecture.AARCH64));
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void theCallsWeMakeOurselvesHaveTheSameNumbersInBothTables(Architecture architecture) {
        for (Syscall call : Syscall.values()) {
            assertEquals(SyscallTable.get().number(call.callName(), architecture), call.number(architecture),
                    call.callName());
        }
    }
}
