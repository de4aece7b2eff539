package io.jorch.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class ConfinementValuesTest {
    @ParameterizedTest
    @CsvSource({"1,0x1fff", "2,0x3fff", "3,0x7fff", "4,0x7fff", "5,0xffff", "7,0xffff", "9,0xffff"})
    void landlockHandlesAllRightsOfItsAbi(int abi, String rights) {
        assertEquals(Long.decode(rights), Landlock.rights(abi));
    }

    @Test
    void landlockStructsHaveTheKernelsLayout() {
        assertEquals("ff7f000000000000", HexFormat.of().formatHex(Landlock.rulesetAttribute(3)));
        assertEquals("ffff00000000000007000000", HexFormat.of().formatHex(Landlock.pathBeneath(7, 7)));
        assertFalse(Landlock.usable(1));
        assertTrue(Landlock.usable(2));
        assertFalse(Landlock.usable(-38));
    }

    @Test
    void rlimitsOfASpecReplaceTheDefaults() {
        List<Rlimit> limits = Rlimit.defaultsWith(List.of(Rlimit.parse("nofile", 4096, 8192),
                Rlimit.parse("memlock", -1, -1)), 1 << 20);
        assertEquals(List.of(new Rlimit(Rlimit.Resource.CORE, 0, 0),
                new Rlimit(Rlimit.Resource.NOFILE, 4096, 8192), new Rlimit(Rlimit.Resource.MEMLOCK, -1, -1)), limits);
        assertEquals(7, Rlimit.Resource.NOFILE.number());
        assertEquals(15, Rlimit.Resource.RTTIME.number());
        assertEquals("0010000000000000ffffffffffffffff",
                HexFormat.of().formatHex(new Rlimit(Rlimit.Resource.NOFILE, 4096, -1).bytes()));
    }

    @Test
    void theDefaultOfOpenFilesNeverExceedsTheDaemonsOwn() {
        assertEquals(new Rlimit(Rlimit.Resource.NOFILE, 1024, 524_288), Rlimit.defaults(Rlimit.UNLIMITED).getLast());
        assertEquals(new Rlimit(Rlimit.Resource.NOFILE, 1024, 4096), Rlimit.defaults(4096).getLast());
        assertEquals(new Rlimit(Rlimit.Resource.NOFILE, 256, 256), Rlimit.defaults(256).getLast());
    }

    @Test
    void impossibleRlimitsAreRefusedByField() {
        assertEquals("Ulimits.Name",
                assertThrows(JorchException.class, () -> Rlimit.parse("files", 1, 1)).field());
        assertEquals("Ulimits", assertThrows(JorchException.class, () -> Rlimit.parse("nofile", 2, 1)).field());
        assertEquals("Ulimits", assertThrows(JorchException.class, () -> Rlimit.parse("nofile", -1, 1)).field());
        assertEquals("Ulimits", assertThrows(JorchException.class, () -> Rlimit.parse("nofile", -2, 1)).field());
    }

    @Test
    void theActiveModuleGivesTheLabel(@TempDir Path sys) throws IOException {
        assertInstanceOf(LsmLabel.None.class, LsmLabel.detect(sys, "s0:c1,c2"));
        assertEquals(List.of(), LsmLabel.attributes(new LsmLabel.None()));
        Files.createDirectories(sys.resolve("fs/selinux"));
        Files.writeString(sys.resolve("fs/selinux/enforce"), "1");
        LsmLabel selinux = LsmLabel.detect(sys, "s0:c1,c2");
        assertEquals(List.of(new LsmLabel.Attribute("/proc/self/attr/exec",
                "system_u:system_r:container_t:s0:c1,c2")), LsmLabel.attributes(selinux));
        Files.createDirectories(sys.resolve("module/apparmor/parameters"));
        Files.writeString(sys.resolve("module/apparmor/parameters/enabled"), "Y\n");
        assertEquals(List.of(new LsmLabel.Attribute("/proc/self/attr/apparmor/exec", "exec jorch-default")),
                LsmLabel.attributes(LsmLabel.detect(sys, "s0")));
    }

    @Test
    void selinuxLevelsAreDistinctPairsInOrder() {
        Set<String> seen = new HashSet<>();
        for (int range = 0; range < 20_000; range++) {
            assertTrue(seen.add(LsmLabel.level(range)), "range " + range);
        }
        assertEquals("s0:c0,c1", LsmLabel.level(0));
        assertEquals("s0:c0,c1023", LsmLabel.level(1022));
        assertEquals("s0:c1,c2", LsmLabel.level(1023));
        assertEquals("s0:c1022,c1023", LsmLabel.level(1024 * 1023 / 2 - 1));
        assertEquals("s0:c0,c1", LsmLabel.level(1024 * 1023 / 2));
    }

    @Test
    void noPathIsBothHiddenAndReadOnly() {
        assertTrue(MaskedPaths.MASKED.stream().noneMatch(MaskedPaths.READ_ONLY::contains));
        assertEquals(List.of("/sys/devices/system/cpu/cpu0/thermal_throttle",
                "/sys/devices/system/cpu/cpu1/thermal_throttle"), MaskedPaths.thermalThrottle(2));
    }

    @ParameterizedTest
    @CsvSource({"268435456,268435456", "805306368,536870912", "8589934592,4294967296"})
    void defaultMemoryIsHalfTheNodeButNeverTooLittleNorMoreThanThereIs(long node, long expected) {
        assertEquals(expected, SecurityDefaults.memory(node));
    }

    @Test
    void sysctlsHavePaths() {
        assertEquals("net/ipv4/ip_unprivileged_port_start", SecurityDefaults.SYSCTLS.getFirst().path());
        assertEquals("0 65535", SecurityDefaults.SYSCTLS.getLast().value());
    }
}
