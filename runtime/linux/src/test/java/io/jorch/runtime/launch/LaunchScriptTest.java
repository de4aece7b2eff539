package io.jorch.runtime.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Architecture;
import io.jorch.runtime.script.Disassembler;
import io.jorch.runtime.script.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the kernel is asked to do for a plan, compared with committed listings. After a wanted change, run the tests
/// with `-Dgolden.write=DIRECTORY`, which writes the new listings there.
@Timeout(20)
class LaunchScriptTest {
    private static final ProcessPlan PROCESS = new ProcessPlan(List.of("nginx", "-g", "daemon off;"),
            List.of("PATH=/usr/sbin:/bin", "LANG=C"), "/srv/www", new ProcessPlan.User(101, 102, List.of(7, 8)), 027,
            new ProcessPlan.Capabilities(0x400, 0x400, 0x400, 0, 0x400), true,
            new ProcessPlan.Seccomp(new byte[]{6, 0, 0, 0, 0, 0, (byte) 0xff, 0x7f}),
            List.of(new ProcessPlan.Rlimit(7, 1024, 4096)), 100);

    @Test
    void aFullPlanOverLayers() {
        golden("launch-full.txt", LaunchScript.assemble(full(), LayerMode.BY_DESCRIPTOR, Architecture.X86_64));
    }

    @Test
    void layersByPath() {
        golden("launch-by-path.txt", LaunchScript.assemble(full(), LayerMode.BY_PATH, Architecture.X86_64));
    }

    @Test
    void aSmallPlanOnADirectoryInAGivenNetwork() {
        golden("launch-join.txt", LaunchScript.assemble(small(), LayerMode.BY_DESCRIPTOR, Architecture.AARCH64));
    }

    @Test
    void aFurtherProcess() {
        golden("exec.txt", ExecScript.assemble(
                new ExecPlan(IdRange.from(200_000), PROCESS, List.of(Path.of("/sys/fs/cgroup/c/cgroup.procs"))),
                Architecture.X86_64));
    }

    @Test
    void equalPlansGiveEqualImages() {
        assertArrayEquals(LaunchScript.assemble(full(), LayerMode.BY_DESCRIPTOR, Architecture.X86_64).image(),
                LaunchScript.assemble(full(), LayerMode.BY_DESCRIPTOR, Architecture.X86_64).image());
    }

    @Test
    void wrongPlansAreRefusedBeforeAnythingRuns() {
        assertThrows(JorchException.class, () -> IdRange.from(0));
        assertThrows(JorchException.class, () -> IdRange.from(100).host(65536));
        assertThrows(JorchException.class, () -> new RootPlan.Overlay(List.of(), Path.of("/u"), Path.of("/w"), false));
        assertThrows(JorchException.class, () -> new ProcessPlan.Seccomp(new byte[9]));
        assertThrows(JorchException.class, () -> PROCESS.running(List.of()));
        assertThrows(JorchException.class, () -> new LaunchPlan.DevicePlan("../null", 1, 3, 0666));
        LaunchPlan comma = plan(new RootPlan.Overlay(List.of(Path.of("/l")), Path.of("/a,b"), Path.of("/w"), false),
                new NetworkPlan.Isolated(), List.of());
        assertThrows(JorchException.class,
                () -> LaunchScript.assemble(comma, LayerMode.BY_DESCRIPTOR, Architecture.X86_64));
        for (String key : List.of("kernel", "/net/x", "net/../x", "net//x")) {
            assertThrows(JorchException.class, () -> new LaunchPlan("x", IdRange.from(1), comma.root(), PROCESS, "", "",
                    comma.network(), List.of(), List.of(), List.of(), List.of(), Map.of(key, "1"), comma.cgroups(),
                    comma.shim()), key);
        }
    }

    private static LaunchPlan full() {
        List<MountPlan> mounts = new ArrayList<>(StandardMounts.of(List.of("memory", "pids"), 1 << 26));
        mounts.add(new MountPlan.Bind(Path.of("/data/volumes/v"), "/srv/www", true, true, 6, true));
        mounts.add(new MountPlan.Bind(Path.of("/data/tasks/t/hosts"), "/etc/hosts", false, false, 7, true));
        mounts.add(new MountPlan.Tmpfs("/run", 1 << 20, 01777, 6));
        return plan(new RootPlan.Overlay(List.of(Path.of("/layers/top"), Path.of("/layers/base")),
                Path.of("/data/tasks/t/upper"), Path.of("/data/tasks/t/work"), true), new NetworkPlan.Isolated(), mounts);
    }

    private static LaunchPlan small() {
        return plan(new RootPlan.Directory(Path.of("/rootfs"), false),
                new NetworkPlan.Join(Path.of("/run/jorch/netns/n")), StandardMounts.of(List.of(), 1 << 26));
    }

    private static LaunchPlan plan(RootPlan root, NetworkPlan network, List<MountPlan> mounts) {
        return new LaunchPlan("task1", IdRange.from(200_000), root, PROCESS, "web", "example", network, mounts,
                List.of(new LaunchPlan.DevicePlan("fuse", 10, 229, 0660)), List.of("/proc/kcore"),
                List.of("/proc/sys"), Map.of("net/core/somaxconn", "512", "kernel/shmmax", "1"),
                new LaunchPlan.CgroupPlan(List.of(Path.of("/sys/fs/cgroup/pids/c/cgroup.procs")),
                        List.of(Path.of("/sys/fs/cgroup/pids/s/cgroup.procs")), "/sys/fs/cgroup/c/memory.events"),
                new LaunchPlan.ShimPlan(Path.of("/data/tasks/t"), Path.of("/run/jorch/shims"), 12345, 1 << 20, 3));
    }

    private static void golden(String name, Script script) {
        String listing = Disassembler.disassemble(script);
        String directory = System.getProperty("golden.write");
        try {
            if (directory != null) {
                Files.writeString(Files.createDirectories(Path.of(directory)).resolve(name), listing);
            }
            try (InputStream expected = LaunchScriptTest.class.getResourceAsStream("/golden/launch/" + name)) {
                assertEquals(expected == null
                        ? "no golden file " + name
                        : new String(expected.readAllBytes(), StandardCharsets.UTF_8), listing);
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
