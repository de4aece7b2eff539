package io.jorch.runtime.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Limits in force against the real kernel. Every cgroup made here carries this run's node id, and none is left.
@Timeout(60)
class CgroupLimitsIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final String node = "lim" + Long.toString(ProcessHandle.current().pid(), 36);
    private final Cgroups cgroups = Cgroups.detect();

    @AfterEach
    void nothingIsLeft() {
        cgroups.sweep(node, Set.of());
        assertEquals(Set.of(), cgroups.list(node));
    }

    private CgroupName name(String id) {
        return new CgroupName(node, id);
    }

    @Test
    void aForkerIsStoppedByTheLimitOfProcesses() throws IOException {
        TaskCgroup task = cgroups.create(name("forker"), CgroupLimits.DEVICES_ONLY.withPids(8));
        CgroupProcess.Result result = CgroupProcess.run(task,
                "i=0; while [ $i -lt 50 ]; do sleep 60 & i=$((i+1)); done; wait");
        assertNotEquals(0, result.exit());
        assertTrue(result.output().contains("fork"), result.output());
        assertEquals(8, task.stats().pidsLimit());
        assertTrue(task.stats().pids() <= 8, task.stats().toString());
    }

    @Test
    void aMemoryHogIsKilledAndItIsCounted() throws IOException {
        TaskCgroup task = cgroups.create(name("hog"), CgroupLimits.DEVICES_ONLY.withMemory(32 << 20, 0, 0));
        assertEquals(0, task.oomKills());
        CgroupProcess.Result result = CgroupProcess.run(task, "exec dd if=/dev/zero of=/dev/null bs=200M count=1");
        assertEquals(137, result.exit(), result.output());
        assertEquals(1, task.oomKills());
        assertEquals(1, task.stats().oomKills());
        assertEquals(32 << 20, task.stats().memoryLimit());
    }

    @Test
    void theCpuQuotaThrottles() throws IOException {
        TaskCgroup task = cgroups.create(name("busy"), CgroupLimits.DEVICES_ONLY.withCpus(100_000_000, 0, ""));
        CgroupProcess.run(task, "timeout 1 sh -c 'while :; do :; done'");
        TaskStats stats = task.stats();
        assertTrue(stats.throttledPeriods() > 0, stats.toString());
        assertTrue(stats.throttledNanos() > 0, stats.toString());
        assertTrue(stats.cpuNanos() < 500_000_000, stats.toString());
        assertTrue(stats.cpuNanos() > 0, stats.toString());
    }

    @Test
    void theCpusetHolds() throws IOException {
        TaskCgroup task = cgroups.create(name("pinned"), CgroupLimits.DEVICES_ONLY.withCpus(0, 0, "1"));
        assertEquals("Cpus_allowed_list:\t1\n",
                CgroupProcess.run(task, "grep Cpus_allowed_list /proc/self/status").output());
    }

    @Test
    void aDeviceOutsideTheRulesIsRefused() throws IOException {
        assertDevicesHold(cgroups.create(name("devices"), CgroupLimits.DEVICES_ONLY));
    }

    @Test
    void theDeviceProgramOfV2RefusesAndAllowsTheSame() throws IOException {
        TaskCgroup task = cgroups.create(name("program"), CgroupLimits.NONE);
        DeviceFilter.applyV2(task.unified(), DeviceRule.DEFAULTS);
        assertDevicesHold(task);
    }

    /// The same opens must succeed outside, or the refusals would prove nothing.
    private void assertDevicesHold(TaskCgroup task) throws IOException {
        TaskCgroup free = cgroups.create(name("free"), CgroupLimits.NONE);
        assertEquals(new CgroupProcess.Result(0, ""),
                CgroupProcess.run(task, "head -c1 /dev/zero >/dev/null && head -c1 /dev/urandom >/dev/null"));
        for (String device : List.of("/dev/loop0", "/dev/kmsg", "/dev/loop-control")) {
            assertEquals(new CgroupProcess.Result(0, ""), CgroupProcess.run(free, "exec 3<" + device));
            CgroupProcess.Result refused = CgroupProcess.run(task, "exec 3<" + device);
            assertEquals(2, refused.exit());
            assertTrue(refused.output().contains("Operation not permitted"), refused.output());
        }
    }

    @Test
    void theDeviceProgramOfV2KnowsReadFromWrite() throws IOException {
        TaskCgroup task = cgroups.create(name("reader"), CgroupLimits.NONE);
        DeviceFilter.applyV2(task.unified(), List.of(DeviceRule.parse(DeviceRule.Type.CHARACTER, 1, 5, "r"),
                DeviceRule.parse(DeviceRule.Type.BLOCK, DeviceRule.ANY, DeviceRule.ANY, "r")));
        assertEquals(new CgroupProcess.Result(0, ""), CgroupProcess.run(task, "exec 3</dev/zero && exec 4</dev/loop0"));
        assertNotEquals(0, CgroupProcess.run(task, "exec 3>/dev/zero").exit());
        assertNotEquals(0, CgroupProcess.run(task, "exec 3>/dev/null").exit());
    }

    @Test
    void directWritesAreThrottled(@TempDir Path directory) throws IOException {
        long device = ((Number) Files.getAttribute(directory, "unix:dev")).longValue();
        TaskCgroup task = cgroups.create(name("slow"), CgroupLimits.DEVICES_ONLY.withIo(0,
                List.of(new IoThrottle((int) (device >> 8 & 0xfff), (int) (device & 0xff), 0, 1 << 20, 0, 0))));
        long begin = System.nanoTime();
        CgroupProcess.Result result = CgroupProcess.run(task,
                "dd if=/dev/zero of=" + directory.resolve("file") + " bs=256k count=8 oflag=direct");
        assertEquals(0, result.exit(), result.output());
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis > 1_000, "2 MiB at 1 MiB/s took " + millis + " ms");
    }

    @Test
    void updatePutsNewLimitsIntoForceAndLiftsOldOnes() {
        TaskCgroup task = cgroups.create(name("updated"),
                CgroupLimits.DEVICES_ONLY.withPids(8).withMemory(64 << 20, 0, 0).withCpus(100_000_000, 512, "1")
                        .withIo(0, List.of(new IoThrottle(254, 0, 1 << 20, 0, 0, 0))));
        task.update(CgroupLimits.DEVICES_ONLY.withMemory(128 << 20, 0, 0));
        assertEquals(128 << 20, task.stats().memoryLimit());
        assertEquals(Long.MAX_VALUE, task.stats().pidsLimit());
        task.update(CgroupLimits.DEVICES_ONLY.withPids(9).withMemory(32 << 20, 64 << 20, 16 << 20));
        assertEquals(32 << 20, task.stats().memoryLimit());
        assertEquals(9, task.stats().pidsLimit());
        task.update(CgroupLimits.DEVICES_ONLY);
        assertEquals(Long.MAX_VALUE, task.stats().memoryLimit());
    }

    @Test
    void anUpdateThatTheKernelRefusesChangesNothing() throws IOException {
        TaskCgroup task = cgroups.create(name("holding"),
                CgroupLimits.DEVICES_ONLY.withMemory(96 << 20, 0, 0).withPids(20));
        try (CgroupProcess process = CgroupProcess.start(task,
                "echo x; exec dd if=/dev/zero of=/dev/zero bs=48M count=1000000")) {
            process.line();
            Awaitility.await().atMost(SOON)
                    .until(() -> task.stats().memoryBytes() - task.stats().inactiveFile() > 40 << 20);
            task.freeze();
            assertTrue(task.awaitFrozen(SOON));
            JorchException refused = assertThrows(JorchException.class,
                    () -> task.update(CgroupLimits.DEVICES_ONLY.withMemory(8 << 20, 0, 0).withPids(5)));
            assertTrue(refused.getMessage().contains("EBUSY"), refused.getMessage());
            assertEquals(96 << 20, task.stats().memoryLimit());
            assertEquals(20, task.stats().pidsLimit());
            task.kill();
            assertTrue(task.awaitEmpty(SOON));
        }
    }
}
