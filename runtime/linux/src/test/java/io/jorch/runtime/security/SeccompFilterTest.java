package io.jorch.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.runtime.linux.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The compiled filter, run by an interpreter, against the profile it was made from.
@Timeout(60)
class SeccompFilterTest {
    private static final int HIGHEST = 1200;
    private static final long[] INTERESTING = {0, 1, 2, 5, 8, 9, 10, 16, 17, 38, 40, 0x5412, 0x541c, 0x5413, 0x20000,
            0x20008, 0x40000, 0x11, 0x10000000, 0x10000011, 0x7e020000, 0x80, 0x01200011, 0x3d0f00, 0xffffffffL, -1L,
            0x1_0000_0000L, 0x1_0000_5412L, 0x1_1000_0000L, 0xffffffff_00000010L};

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void everyNumberAndEveryArgumentIsAnsweredAsDeclared(Architecture architecture) {
        for (Capabilities granted : grants()) {
            SeccompProfile profile = SeccompProfile.forCapabilities(granted);
            BpfInterpreter compiled = new BpfInterpreter(profile.compile(architecture));
            Random random = new Random(1);
            for (int number : numbers()) {
                SeccompRule declared = profile.rule(architecture, number);
                for (long value : INTERESTING) {
                    for (int argument = 0; argument < 3; argument++) {
                        long[] arguments = random.longs(6).toArray();
                        arguments[0] = INTERESTING[random.nextInt(INTERESTING.length)];
                        arguments[argument] = value;
                        assertEquals(declared.decide(arguments),
                                compiled.run(SeccompCompiler.audit(architecture), number, arguments),
                                () -> architecture + " number " + number + " value " + value + " with " + granted);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void theDefaultFilterIsSmall(Architecture architecture) {
        int size = SeccompProfile.forCapabilities(Capabilities.DEFAULT).compile(architecture).size();
        System.out.println("seccomp filter architecture=" + architecture + " instructions=" + size);
        assertTrue(size <= 150, "the filter has " + size + " instructions");
    }

    @Test
    void anotherArchitecturesEntryKills() {
        BpfInterpreter compiled = new BpfInterpreter(
                SeccompProfile.forCapabilities(Capabilities.ALL).compile(Architecture.X86_64));
        int i386 = 0x40000003;
        for (int number = 0; number < HIGHEST; number++) {
            assertEquals(SeccompRule.RETURN_KILL, compiled.run(i386, number, new long[6]));
        }
    }

    @Test
    void everyX32CallIsAbsent() {
        BpfInterpreter compiled = new BpfInterpreter(
                SeccompProfile.forCapabilities(Capabilities.ALL).compile(Architecture.X86_64));
        for (int number = 0; number < HIGHEST; number++) {
            assertEquals(SeccompRule.RETURN_ERRNO | SeccompRule.ENOSYS,
                    compiled.run(SeccompCompiler.audit(Architecture.X86_64), number | 0x40000000, new long[6]));
        }
    }

    @Test
    void aProfileTooLongForShortJumpsStillAnswersAsDeclared() {
        Map<String, SeccompRule> rules = new java.util.LinkedHashMap<>();
        int errno = 1;
        for (SyscallTable.Entry entry : SyscallTable.get().entries()) {
            rules.put(entry.name(), SeccompRule.errno(errno++));
        }
        SeccompProfile profile = new SeccompProfile(rules);
        BpfProgram program = profile.compile(Architecture.X86_64);
        assertTrue(program.size() > 700, "made to need long jumps, but has " + program.size());
        BpfInterpreter compiled = new BpfInterpreter(program);
        for (int number : numbers()) {
            assertEquals(profile.rule(Architecture.X86_64, number).decide(new long[6]),
                    compiled.run(SeccompCompiler.audit(Architecture.X86_64), number, new long[6]));
        }
    }

    @Test
    void bytesAreTheKernelsStructs() {
        BpfProgram program = new BpfProgram(new long[]{
                BpfProgram.instruction(BpfProgram.JUMP_EQUAL, 1, 255, 0xC000003E),
                BpfProgram.instruction(BpfProgram.RETURN, 0, 0, SeccompRule.RETURN_ALLOW)});
        assertEquals("150001ff3e0000c0060000000000ff7f", java.util.HexFormat.of().formatHex(program.bytes()));
    }

    private static List<Capabilities> grants() {
        List<Capabilities> grants = new ArrayList<>(List.of(Capabilities.DEFAULT, Capabilities.NONE, Capabilities.ALL));
        for (Capability one : List.of(Capability.SYS_ADMIN, Capability.NET_RAW, Capability.NET_ADMIN,
                Capability.AUDIT_WRITE)) {
            grants.add(Capabilities.of(one));
        }
        return grants;
    }

    private static List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < HIGHEST; number++) {
            numbers.add(number);
        }
        numbers.addAll(List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x40000000, 0x3fffffff, 0x10000, 0xffff));
        return numbers;
    }
}
