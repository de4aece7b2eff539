package io.jorch.runtime.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// On the machine that runs the tests, which must be able to run jorch.
@Timeout(30)
class HostCheckIT {
    @TempDir
    Path directory;

    @Test
    void everyFindingOfThisMachineIsThereAndItCanRunJorch() {
        HostReport report = HostCheck.run(directory.resolve("not/yet/there"));
        System.out.print(report.text());
        assertEquals(Set.of("kernel", "overlay", "root", "capabilities", "user-namespaces", "idmapped-overlay",
                "cgroups", "seccomp",
                "landlock", "lsm", "nftables", "veth", "vxlan", "wireguard", "processors", "memory", "data-folder",
                "id-ranges"), report.findings().stream().map(Finding::name).collect(Collectors.toSet()));
        assertTrue(report.usable(), report.text());
    }

    @Test
    void aContainerOnADiskThatCanNotHoldOneIsReportedInWords() {
        ContainerProbe.Result result = ContainerProbe.run(Path.of("/proc"));
        assertEquals(Finding.State.MISSING, ContainerProbe.finding(result).state());
        assertTrue(result.failure().contains("/proc"), result.failure());
    }

    @Test
    void numbersOfProcSysAreReadWhole() throws IOException {
        Process cat = new ProcessBuilder("cat", "/proc/sys/user/max_user_namespaces").start();
        String whole = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertTrue(whole.length() > 1, "needs a number of several digits, but it is " + whole);
        assertEquals(whole, HostFiles.read("/proc/sys/user/max_user_namespaces"));
    }

    @Test
    void itLeavesNothingBehind() throws IOException {
        HostCheck.run(directory);
        long descriptors = entries(Path.of("/proc/self/fd"));
        String mounts = Files.readString(Path.of("/proc/self/mountinfo"));
        HostCheck.run(directory);
        HostCheck.run(directory);
        assertTrue(entries(Path.of("/proc/self/fd")) <= descriptors + 1, "descriptors leak");
        assertEquals(mounts, Files.readString(Path.of("/proc/self/mountinfo")));
        assertEquals(0, entries(directory));
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }
}
