package io.jorch.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.jorch.runtime.launch.LayerMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a container looks like from the inside, on the real kernel.
@Timeout(60)
class IsolationIT {
    @TempDir
    Path directory;
    private Host host;

    @BeforeEach
    void open() {
        host = new Host(directory);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void everyNamespaceIsItsOwn() throws Exception {
        String inside = host.run("ns", List.of(),
                "for n in mnt pid net ipc uts user cgroup; do echo $n=$(readlink /proc/self/ns/$n); done");
        for (String name : List.of("mnt", "pid", "net", "ipc", "uts", "user", "cgroup")) {
            String ours = name + "=" + Files.readSymbolicLink(Path.of("/proc/self/ns", name));
            assertTrue(inside.contains(name + "=" + name + ":["), inside);
            assertFalse(inside.contains(ours), ours);
        }
    }

    @Test
    void idsAreMappedAndFilesKeepTheirOwners() throws Exception {
        String inside = host.run("ids", List.of(), "cat /proc/self/uid_map /proc/self/gid_map; id; "
                + "stat -c %u:%g /bin/busybox /; touch /made; stat -c %u:%g /made");
        assertEquals(List.of("0 1000000 65536", "0 1000000 65536", "uid=0(root) gid=0", "0:0", "0:0", "0:0"),
                inside.lines().map(line -> line.strip().replaceAll(" +", " ").replace("gid=0(root)", "gid=0").replace(" groups=", "")).toList());
        assertEquals(1_000_000, Files.getAttribute(host.directories.upper("ids").resolve("made"), "unix:uid"));
    }

    @Test
    void rightsAreFew() throws Exception {
        assertEquals(0, host.start(host.plan("rights", "cat", "/proc/self/status")).awaitExit().shellCode());
        String status = host.output("rights");
        String capabilities = "%016x".formatted(io.jorch.runtime.security.Capabilities.DEFAULT.mask());
        for (String set : List.of("CapPrm", "CapEff", "CapBnd")) {
            assertTrue(status.contains(set + ":\t" + capabilities), status);
        }
        assertTrue(status.contains("CapAmb:\t0000000000000000"), status);
        assertTrue(status.contains("CapInh:\t0000000000000000"), status);
        assertTrue(status.contains("NoNewPrivs:\t1"), status);
        assertTrue(status.contains("Seccomp:\t2"), status);
        assertTrue(status.contains("SigIgn:\t0000000000000000"), status);
        assertTrue(status.contains("SigBlk:\t0000000000000000"), status);
    }

    @Test
    void nothingIsInherited() throws Exception {
        String inside = host.run("fds", List.of(), "cd /; ls /proc/1/fd; readlink /proc/1/cwd; readlink /proc/1/root; "
                + "cat /proc/1/environ; echo; ps");
        List<String> lines = inside.lines().toList();
        assertEquals(List.of("0", "1", "2", "/", "/"), lines.subList(0, 5));
        assertEquals("PATH=/bin\0HOME=/\0", lines.get(5));
        assertEquals(1, lines.stream().filter(line -> line.matches(" +1 .*")).count(), inside);
    }

    @Test
    void procAndSysHideWhatIsNotTheContainers() throws Exception {
        String inside = host.run("masks", List.of(), """
                wc -c < /proc/interrupts; wc -c < /proc/timer_list; ls -A /sys/firmware | wc -w
                for f in /proc/sys/kernel/core_pattern /proc/sysrq-trigger /sys/kernel/uevent_helper /proc/sys/x; do
                  (echo x > $f) 2>/dev/null && echo writable $f
                done
                mknod /tmp/disk b 8 0 2>/dev/null && echo mknod
                mount -t tmpfs none /tmp 2>/dev/null && echo mounted
                umount /proc/interrupts 2>/dev/null && echo unmounted
                unshare -U true 2>/dev/null && echo unshared
                echo done""");
        assertEquals(List.of("0", "0", "0", "done"), inside.lines().map(String::strip).toList());
    }

    @Test
    void devicesAreTheStandardOnesAndWork() throws Exception {
        String inside = host.run("dev", List.of(), """
                ls /dev; head -c 4 /dev/urandom | wc -c; head -c 3 /dev/zero | wc -c; echo x > /dev/null
                (echo x > /dev/full) 2>/dev/null || echo full; echo seen > /dev/stdout; touch /dev/shm/x; ls -l /dev/ptmx
                """);
        List<String> lines = inside.lines().map(String::strip).toList();
        assertEquals(List.of("fd", "full", "mqueue", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout",
                "tty", "urandom", "zero", "4", "3", "full", "seen"), lines.subList(0, 18));
        assertTrue(lines.getLast().endsWith("/dev/ptmx -> pts/ptmx"), inside);
    }

    @Test
    void networkHasNothingButLoopback() throws Exception {
        String inside = host.run("net", List.of(),
                "ip -o addr | grep -v inet6; cat /proc/sys/net/ipv4/ip_unprivileged_port_start; hostname");
        List<String> lines = inside.lines().toList();
        assertTrue(lines.getFirst().contains("127.0.0.1/8"), inside);
        assertEquals(List.of("0", "box"), lines.subList(lines.size() - 2, lines.size()));
    }

    @Test
    void rootIsNosuidAndCgroupsAreReadOnlyAndItsOwn() throws Exception {
        String inside = host.run("cg", List.of(), "grep -E ' / |cgroup' /proc/mounts; cat /proc/self/cgroup; "
                + "(mkdir /sys/fs/cgroup/memory/x) 2>/dev/null || echo denied");
        assertTrue(inside.lines().filter(line -> line.contains(" / overlay "))
                .allMatch(line -> line.contains("rw,nosuid,nodev")), inside);
        assertTrue(inside.lines().filter(line -> line.contains("/sys/fs/cgroup"))
                .allMatch(line -> line.contains(" ro,nosuid,nodev,noexec")), inside);
        assertTrue(inside.lines().filter(line -> line.matches("\\d+:.*")).allMatch(line -> line.endsWith(":/")
                || line.contains(":cpuset:") || line.contains("name=systemd")), inside);
        assertEquals("denied", inside.lines().toList().getLast());
        assertNotEquals("/", Files.readString(Path.of("/proc/self/cgroup")).strip());
    }

    @Test
    void layersGivenByPathAreAsIsolated() throws Exception {
        try (Host older = new Host(directory.resolve("older"), LayerMode.BY_PATH)) {
            String inside = older.run("bypath", List.of(), "id -u; stat -c %u:%g /bin/busybox; touch /x; echo ok; ls /dev");
            assertEquals(List.of("0", "0:0", "ok"), inside.lines().limit(3).toList());
            assertFalse(Files.readString(Path.of("/proc/self/mountinfo")).contains(directory.toString()));
        }
    }
}
