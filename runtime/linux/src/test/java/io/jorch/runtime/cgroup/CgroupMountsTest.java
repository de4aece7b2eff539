package io.jorch.runtime.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CgroupMountsTest {
    private static final String HYBRID = """
            22 1 254:0 / / rw,relatime - ext4 /dev/root rw
            30 22 0:27 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
            34 30 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            39 30 0:36 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,name=systemd
            40 30 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """;
    private static final String UNIFIED = """
            22 1 254:0 / / rw,relatime - ext4 /dev/root rw
            40 22 0:37 / /sys/fs/my\\040cgroup rw,relatime - cgroup2 cgroup2 rw,nsdelegate
            41 22 0:37 / /run/copy rw,relatime - cgroup2 cgroup2 rw,nsdelegate
            """;

    @Test
    void hybridHostsUseV1ControllersAndTheV2Tree() {
        V1Hybrid hybrid = assertInstanceOf(V1Hybrid.class, Cgroups.of(HYBRID));
        assertEquals(Map.of("cpu", Path.of("/sys/fs/cgroup/cpu,cpuacct"), "cpuacct",
                Path.of("/sys/fs/cgroup/cpu,cpuacct"), "memory", Path.of("/sys/fs/cgroup/memory"), "name=systemd",
                Path.of("/sys/fs/cgroup/systemd")), hybrid.v1());
        assertEquals(Path.of("/sys/fs/cgroup/unified"), hybrid.unified());
        assertEquals(Set.of("cpu", "memory"), hybrid.available());
        TaskCgroup task = hybrid.open(new CgroupName("n1", "t1"));
        assertEquals(4, task.joinDirectories().size());
        assertEquals(Path.of("/sys/fs/cgroup/unified/jorch-n1/t1"), task.joinDirectories().getLast());
    }

    @Test
    void aV2TreeAloneIsV2AndItsFirstMountCounts() {
        V2 unified = assertInstanceOf(V2.class, Cgroups.of(UNIFIED));
        assertEquals(Path.of("/sys/fs/my cgroup"), unified.root());
    }

    @Test
    void aHostWithSystemdsNamedHierarchyOnlyIsV2() {
        assertInstanceOf(V2.class, Cgroups.of(HYBRID.lines()
                .filter(line -> !line.contains("cpu") && !line.contains("memory")).reduce("", (a, b) -> a + b + "\n")));
    }

    @Test
    void pureV1AndNoneAreRefusedWithTheCommandThatHelps() {
        JorchException pure = assertThrows(JorchException.class,
                () -> Cgroups.of(HYBRID.replace("cgroup2", "tmpfs")));
        assertEquals(ErrorCode.UNSUPPORTED, pure.code());
        assertTrue(pure.getMessage().contains("mount -t cgroup2"), pure.getMessage());
        assertThrows(JorchException.class, () -> Cgroups.of("22 1 254:0 / / rw - ext4 /dev/root rw\n"));
    }
}
