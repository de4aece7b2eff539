package io.jorch.runtime.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SyscallTest {
    @Test
    void numbersAreUniqueOnEachArchitecture() {
        for (Architecture architecture : Architecture.values()) {
            assertEquals(Syscall.values().length,
                    Arrays.stream(Syscall.values()).mapToInt(call -> call.number(architecture)).distinct().count());
        }
    }

    @Test
    void callsFrom424OnHaveTheSameNumberEverywhere() {
        // include/uapi/asm-generic/unistd.h: from pidfd_send_signal on, all architectures share one numbering.
        assertTrue(Arrays.stream(Syscall.values()).filter(call -> call.number(Architecture.X86_64) >= 424)
                .allMatch(call -> call.number(Architecture.X86_64) == call.number(Architecture.AARCH64)));
    }

    @Test
    void nameIsFoundByNumber() {
        assertEquals(Optional.of(Syscall.PIVOT_ROOT), Syscall.of(Architecture.AARCH64, 41));
        assertEquals("pivot_root", Syscall.PIVOT_ROOT.callName());
        assertEquals(Optional.empty(), Syscall.of(Architecture.X86_64, 9999));
    }
}
