package io.jorch.runtime.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.ProcessCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against the real kernel.
@Timeout(30)
class LauncherIT {
    @TempDir
    Path directory;

    @Test
    void runs() throws Exception {
        Path layer = Files.createDirectories(directory.resolve("layer"));
        Path bin = Files.createDirectories(layer.resolve("bin"));
        Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
        Files.createSymbolicLink(bin.resolve("sh"), Path.of("busybox"));
        for (String a : List.of("id", "cat", "mount", "ls", "ps", "hostname"))
            Files.createSymbolicLink(bin.resolve(a), Path.of("busybox"));
        Path task = Files.createDirectories(directory.resolve("task"));
        Path upper = Files.createDirectories(task.resolve("upper"));
        Files.setAttribute(upper, "unix:uid", 100000);
        Files.setAttribute(upper, "unix:gid", 100000);
        Path work = Files.createDirectories(task.resolve("work"));
        Path shims = Files.createDirectories(directory.resolve("shims"));
        LaunchPlan plan = new LaunchPlan("test1", IdRange.from(100000),
                new RootPlan.Overlay(List.of(layer), upper, work, false),
                new ProcessPlan(List.of("sh", "-c", "id; hostname; cat /proc/self/status /proc/self/uid_map /proc/self/cgroup; mount; ls -la / /dev /proc/self/fd; ps; echo err >&2; touch /x; exit 3"),
                        List.of("PATH=/bin"), "/srv/a", ProcessPlan.User.ROOT, 022, ProcessPlan.Capabilities.of(0x400L),
                        true, ProcessPlan.Seccomp.NONE, List.of(), 0),
                "box", "", new NetworkPlan.Isolated(),
                StandardMounts.of(List.of("memory", "pids"), 64 << 20), List.of(),
                List.of("/proc/kcore", "/proc/acpi", "/sys/firmware"), List.of("/proc/sys"),
                Map.of("net/ipv4/ip_unprivileged_port_start", "0"),
                new LaunchPlan.CgroupPlan(List.of(), List.of(), ""),
                new LaunchPlan.ShimPlan(task, shims, 0, 0, 2));
        Launcher.Started started = new Launcher(LayerMode.BY_DESCRIPTOR).launch(plan);
        try (Fd shim = started.shim()) {
            System.out.println(started);
            assertEquals(0, ProcessCalls.reap(shim));
        }
        System.out.println(new String(Files.readAllBytes(task.resolve("log")), java.nio.charset.StandardCharsets.ISO_8859_1).replaceAll("[^\\x20-\\x7e]+", "\n"));
        assertTrue(Files.exists(task.resolve("exit")));
    }
}
