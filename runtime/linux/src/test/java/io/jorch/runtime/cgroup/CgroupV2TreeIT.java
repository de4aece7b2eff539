package io.jorch.runtime.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The v2 code on whatever v2 tree this host has, be it without any controller (hybrid).
@Timeout(60)
class CgroupV2TreeIT {
    private final String node = "tree" + Long.toString(ProcessHandle.current().pid(), 36);
    private final Path root = root();
    private final V2 cgroups = new V2(root);

    private static Path root() {
        Path unified = CgroupMounts.parse(CgroupFiles.read(Path.of("/proc/self/mountinfo"))).unified();
        assertNotEquals(null, unified, "this host has no cgroup2 mount");
        return unified;
    }

    @AfterEach
    void nothingIsLeft() {
        cgroups.sweep(node, Set.of());
        assertFalse(Files.exists(root.resolve("jorch-" + node)));
    }

    @Test
    void tasksAreConfinedToTheirDevicesKilledAndRemoved() throws IOException {
        TaskCgroup task = cgroups.create(new CgroupName(node, "task"), CgroupLimits.DEVICES_ONLY);
        assertEquals(0, CgroupProcess.run(task, "exec 3</dev/zero").exit());
        assertEquals(2, CgroupProcess.run(task, "exec 3</dev/kmsg").exit());
        try (CgroupProcess process = CgroupProcess.start(task, "echo x; while :; do :; done")) {
            process.line();
            assertTrue(task.populated());
            task.kill();
            assertTrue(task.awaitEmpty(Duration.ofSeconds(10)));
        }
        assertTrue(task.stats().cpuNanos() > 0, "cpu time is counted without the controller too");
        task.remove();
        assertEquals(Set.of(), cgroups.list(node));
    }

    @Test
    void aLimitWithoutItsControllerIsRefusedAndLeavesNothing() {
        if (cgroups.available().contains("pids")) {
            System.out.println("aLimitWithoutItsController: this host has the pids controller on v2; see CgroupV2VmIT");
            return;
        }
        JorchException refused = assertThrows(JorchException.class,
                () -> cgroups.create(new CgroupName(node, "task"), CgroupLimits.DEVICES_ONLY.withPids(5)));
        assertEquals(ErrorCode.UNSUPPORTED, refused.code());
        assertTrue(refused.getMessage().contains("pids"), refused.getMessage());
        assertEquals(Set.of(), cgroups.list(node));
    }
}
