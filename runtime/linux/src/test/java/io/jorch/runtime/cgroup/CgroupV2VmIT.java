package io.jorch.runtime.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Needs a host with cgroup v2 alone and all controllers, so it runs in a virtual machine. There CgroupLimitsIT and
/// CgroupLifeIT, which take whichever version they find, test v2 as well.
@Tag("vm")
@Timeout(120)
class CgroupV2VmIT {
    private final String node = "vm" + Long.toString(ProcessHandle.current().pid(), 36);
    private final Cgroups cgroups = Cgroups.detect();

    @BeforeEach
    void theHostIsV2() {
        assertEquals(2, cgroups.version(), "this test needs a host with cgroup v2 alone");
        assertEquals(Set.copyOf(Cgroups.WANTED), cgroups.available());
    }

    @AfterEach
    void nothingIsLeft() {
        cgroups.sweep(node, Set.of());
        assertEquals(Set.of(), cgroups.list(node));
    }

    @Test
    void v2HandsDownEveryControllerAndTheLimitsStandInItsFiles() {
        TaskCgroup task = cgroups.create(new CgroupName(node, "task"), CgroupLimits.DEVICES_ONLY
                .withCpus(500_000_000, 1024, "0").withMemory(64 << 20, 0, 16 << 20).withPids(9));
        Path directory = task.unified();
        assertEquals("50000 100000", CgroupFiles.read(directory.resolve("cpu.max")));
        assertEquals("100", CgroupFiles.read(directory.resolve("cpu.weight")));
        assertEquals("0", CgroupFiles.read(directory.resolve("cpuset.cpus")));
        assertEquals(Integer.toString(64 << 20), CgroupFiles.read(directory.resolve("memory.max")));
        assertEquals(Integer.toString(16 << 20), CgroupFiles.read(directory.resolve("memory.low")));
        assertEquals("9", CgroupFiles.read(directory.resolve("pids.max")));
        if (Files.exists(directory.resolve("memory.swap.max"))) {
            assertEquals("0", CgroupFiles.read(directory.resolve("memory.swap.max")));
        }
        task.update(CgroupLimits.DEVICES_ONLY);
        assertEquals("max 100000", CgroupFiles.read(directory.resolve("cpu.max")));
        assertEquals("", CgroupFiles.read(directory.resolve("cpuset.cpus")));
        assertEquals("max", CgroupFiles.read(directory.resolve("memory.max")));
    }

    @Test
    void v2CountsOomKillsInItsEvents() throws IOException {
        TaskCgroup task = cgroups.create(new CgroupName(node, "hog"),
                CgroupLimits.DEVICES_ONLY.withMemory(32 << 20, 0, 0));
        assertEquals(137,
                CgroupProcess.run(task, "exec dd if=/dev/zero of=/dev/null bs=200M count=1").exit());
        assertEquals(1, task.oomKills());
        assertEquals("memory.events", task.oomFile().orElseThrow().getFileName().toString());
    }

    /// As in a container: what is mounted is no machine's root, and its processes are in it.
    @Test
    void v2NestedInACgroupThatHoldsUsMovesUsIntoALeaf() throws IOException {
        Cgroups outer = cgroups;
        TaskCgroup container = outer.create(new CgroupName(node, "container"), CgroupLimits.DEVICES_ONLY.withPids(100));
        Path inner = container.unified();
        Path self = Path.of("/proc/self/cgroup");
        String before = CgroupFiles.read(self).replaceFirst("^0::", "");
        CgroupFiles.write(inner.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
        try {
            V2 nested = new V2(inner);
            nested.create(new CgroupName("in", "task"), CgroupLimits.DEVICES_ONLY.withPids(5));
            assertTrue(CgroupFiles.read(self).endsWith("/jorch-in/_daemon"), CgroupFiles.read(self));
            assertEquals("5", CgroupFiles.read(inner.resolve("jorch-in/task/pids.max")));
            assertEquals(List.of("task"), nested.sweep("in", Set.of("_none")));
        } finally {
            Path home = Path.of("/sys/fs/cgroup" + before);
            CgroupFiles.write(home.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
        }
    }
}
