package io.jorch.runtime.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.security.LsmLabel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is judged from what was found.
@Timeout(10)
class HostCheckTest {
    @ParameterizedTest
    @CsvSource({"5.19.0,OK", "6.1.0-18-amd64,OK", "6.18.44-x,OK", "10.0,OK", "5.18.19,MISSING", "4.19.0,MISSING",
            "'',MISSING", "x,MISSING"})
    void kernelsFrom519(String release, Finding.State state) {
        assertEquals(state, KernelCheck.version(release).state());
    }

    @Test
    void fileSystemsAreFoundByTheirWholeName() {
        assertEquals(Finding.State.OK, KernelCheck.overlay("nodev\tproc\nnodev\toverlay\n").state());
        assertEquals(Finding.State.MISSING, KernelCheck.overlay("nodev\tmyoverlay\n").state());
    }

    @Test
    void privileges() {
        assertEquals(Finding.State.OK, PrivilegeCheck.root(0).state());
        assertEquals(Finding.State.MISSING, PrivilegeCheck.root(1000).state());
        assertEquals(Finding.State.OK, PrivilegeCheck.capabilities("Name:\tx\nCapEff:\t000001ffffffffff\n").state());
        assertEquals(Finding.State.DEGRADED,
                PrivilegeCheck.capabilities("CapEff:\t000001fffeffffff\n").state());
        Finding docker = PrivilegeCheck.capabilities("CapEff:\t00000000a80425fb\n");
        assertEquals(Finding.State.MISSING, docker.state());
        assertTrue(docker.detail().contains("CAP_SYS_ADMIN"), docker.detail());
        assertEquals(Finding.State.OK, PrivilegeCheck.userNamespaces("96365", false).state());
        assertEquals(Finding.State.MISSING, PrivilegeCheck.userNamespaces("0", false).state());
        assertEquals(Finding.State.MISSING, PrivilegeCheck.userNamespaces("", false).state());
        assertEquals(Finding.State.MISSING, PrivilegeCheck.userNamespaces("96365", true).state());
    }

    @Test
    void missingControllersAreNamed() {
        assertEquals(Finding.State.OK, CgroupCheck.judge(2, Set.of("cpu", "cpuset", "io", "memory", "pids")).state());
        Finding some = CgroupCheck.judge(2, Set.of("cpu", "cpuset", "pids"));
        assertEquals(Finding.State.DEGRADED, some.state());
        assertEquals("v2, without io, memory", some.detail());
    }

    @Test
    void confinement() {
        assertEquals(Finding.State.OK,
                ConfinementCheck.seccomp("kill_process kill_thread trap errno user_notif trace log allow").state());
        assertEquals(Finding.State.MISSING, ConfinementCheck.seccomp("kill_thread trap errno trace allow").state());
        assertEquals(Finding.State.OK, ConfinementCheck.landlock(7).state());
        assertEquals(Finding.State.DEGRADED, ConfinementCheck.landlock(1).state());
        assertEquals(Finding.State.DEGRADED, ConfinementCheck.landlock(-95).state());
        assertEquals(Finding.State.OK, ConfinementCheck.securityModule(new LsmLabel.AppArmor("x")).state());
        assertEquals(Finding.State.DEGRADED, ConfinementCheck.securityModule(new LsmLabel.None()).state());
        assertEquals(Finding.State.MISSING, NetworkCheck.link("vxlan", false).state());
        assertEquals(Finding.State.DEGRADED, NetworkCheck.wireguard(false).state());
    }

    @Test
    void machine() {
        long gibibyte = 1L << 30;
        assertEquals(2 * gibibyte, MachineCheck.memoryBytes("MemTotal:        2097152 kB\nMemFree: 1 kB\n"));
        assertEquals(Finding.State.DEGRADED, MachineCheck.memory(gibibyte / 4).state());
        Path data = Path.of("/var/lib/jorch");
        assertEquals(Finding.State.OK, MachineCheck.disk(data, "ext4", 3 * gibibyte).state());
        assertEquals(Finding.State.DEGRADED, MachineCheck.disk(data, "ext4", gibibyte).state());
        assertEquals(Finding.State.MISSING, MachineCheck.disk(data, "ext4", gibibyte / 8).state());
        assertEquals(Finding.State.MISSING, MachineCheck.disk(data, "overlay", 3 * gibibyte).state());
    }

    @Test
    void idRangesOfOthersAreListed() {
        assertEquals(List.of(new IdRanges.Range(100_000, 65_536, "alice in subuid")),
                IdRanges.subordinate("subuid", "alice:100000:65536\n# comment\nbroken:x:1\nlow:1000:10\nnone:200000:0\n"));
        assertEquals(List.of(new IdRanges.Range(70_000, 1, "svc in passwd")), IdRanges.accounts("passwd",
                "root:x:0:0:root:/root:/bin/sh\nsvc:x:70000:70000::/:/bin/false\n+nis\n"
                        + "nobody:x:4294967294:4294967294::/:/\nhuge:x:99999999999999999999:1::/:/\n"));
        assertEquals(List.of(new IdRanges.Range(60_000, 10_000, "b in subgid")),
                IdRanges.subordinate("subgid", "b:60000:10000"));
    }

    @Test
    void aDaemonRefusesOnlyWhatIsMissing() {
        HostReport degraded = new HostReport(List.of(Finding.ok("a", "x"),
                Finding.degraded("b", "found little", "costs", "do this")));
        assertTrue(degraded.usable());
        degraded.requireUsable();
        HostReport broken = new HostReport(List.of(Finding.ok("a", "x"),
                Finding.missing("kernel", "4.1", "costs", "use a newer one"),
                Finding.missing("root", "user 5", "costs", "be root")));
        assertFalse(broken.usable());
        JorchException refused = assertThrows(JorchException.class, broken::requireUsable);
        assertEquals(ErrorCode.UNSUPPORTED, refused.code());
        assertEquals("this machine can't run jorch: kernel: 4.1 (use a newer one); root: user 5 (be root)",
                refused.getMessage());
        assertEquals("""
                ok        a                 x
                degraded  b                 found little
                                            costs: do this
                """, degraded.text());
    }
}
