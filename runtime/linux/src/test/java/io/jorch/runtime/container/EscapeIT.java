package io.jorch.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.launch.LaunchException;
import io.jorch.runtime.launch.LaunchPlan;
import io.jorch.runtime.launch.MountPlan;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.runtime.launch.RootPlan;
import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.MountCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The ways out that other runtimes once had, tried with hostile images and paths on the real kernel.
@Timeout(60)
class EscapeIT {
    @TempDir
    Path directory;
    private Host host;
    private Path outside;

    @BeforeEach
    void open() throws Exception {
        host = new Host(directory);
        outside = Files.createDirectories(directory.resolve("outside"));
    }

    @AfterEach
    void close() {
        host.close();
    }

    /// CVE-2019-19921, CVE-2019-16884: /proc, /sys or /dev of the image is a link.
    @Test
    void systemMountsAreNotMadeThroughLinks() throws Exception {
        for (String name : List.of("proc", "sys", "dev")) {
            Path link = Files.createSymbolicLink(host.layer.resolve(name), Path.of("/tmp"));
            LaunchException failure = assertThrows(LaunchException.class,
                    () -> host.start(host.plan("link-" + name, "true")));
            assertEquals(Errno.ELOOP, failure.errno());
            assertEquals("mount /" + name, failure.step());
            Files.delete(link);
        }
    }

    /// CVE-2021-30465: a mount point that leads outside, absolutely, upwards or by a magic link.
    @Test
    void mountPointsStayInsideTheRoot() throws Exception {
        Files.createSymbolicLink(host.layer.resolve("absolute"), outside);
        Files.createSymbolicLink(host.layer.resolve("upwards"), Path.of("../../../../../../../../tmp"));
        Files.createSymbolicLink(host.layer.resolve("magic"), Path.of("/proc/self/root/tmp"));
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("mark"), "mark");
        List<MountPlan> mounts = List.of(
                new MountPlan.Bind(source, "/absolute/made", true, false, MountCalls.MOUNT_ATTR_RDONLY, true),
                new MountPlan.Bind(source, "/upwards/made", true, false, 0, true));
        LaunchPlan dangling = host.plan("dangling", List.of(mounts.getFirst()), "true");
        assertEquals(Errno.ENOENT, assertThrows(LaunchException.class, () -> host.start(dangling)).errno());
        assertEquals("mark", host.run("inside", List.of(mounts.get(1)), "cat /tmp/made/mark").strip());
        assertEquals(Errno.ELOOP, assertThrows(LaunchException.class, () -> host.start(host.plan("magic",
                List.of(new MountPlan.Bind(source, "/magic/made", true, false, 0, true)), "true"))).errno());
        assertEquals(List.of(), List.of(Files.list(outside).toArray()));
        assertFalse(Files.exists(Path.of("/tmp/made")));
    }

    /// CVE-2024-21626: a working directory that is a descriptor of the host, at the start or later.
    @Test
    void workingDirectoriesAreNotDescriptors() throws Exception {
        for (int fd = 3; fd < 80; fd += 7) {
            String path = "/proc/self/fd/" + fd;
            assertThrows(LaunchException.class, () -> host.start(in(host.plan("cwd", "true"), path)));
        }
        Files.createSymbolicLink(host.layer.resolve("cwd"), Path.of("/proc/self/fd/10"));
        assertThrows(LaunchException.class, () -> host.start(in(host.plan("cwd", "true"), "/cwd")));
        Container container = host.start(host.plan("run", "sleep", "1000"));
        for (int fd = 3; fd < 12; fd++) {
            ProcessPlan plan = in(host.plan("x", "sh", "-c", "ls"), "/proc/self/fd/" + fd).process();
            assertThrows(LaunchException.class, () -> container.exec(plan, Duration.ofSeconds(5)));
        }
    }

    /// CVE-2025-31133, CVE-2025-52565: what masks is not what the image has at /dev/null or /dev/pts.
    @Test
    void masksDoNotComeFromTheImage() throws Exception {
        Path dev = Files.createDirectories(host.layer.resolve("dev"));
        Files.createSymbolicLink(dev.resolve("null"), Path.of("/proc/sys/kernel/core_pattern"));
        Files.createSymbolicLink(dev.resolve("pts"), Path.of("/proc"));
        String inside = host.run("masks", List.of(),
                "stat -c %t:%T /dev/null; wc -c < /proc/interrupts; stat -c %t:%T /proc/interrupts; ls -d /dev/pts/ptmx");
        assertEquals("1:3\n0\n1:3\n/dev/pts/ptmx\n", inside);
    }

    /// CVE-2019-5736: the image's entry point is a link to the program that started it.
    @Test
    void theRuntimeIsNotReachableFromInside() throws Exception {
        Files.createSymbolicLink(host.layer.resolve("bin/self"), Path.of("/proc/self/exe"));
        try {
            // The interpreter, sealed, with no script to run: it ends at once.
            assertEquals(125, host.start(host.plan("self", "self")).awaitExit().code());
        } catch (LaunchException alsoFine) {
            assertTrue(alsoFine.step().startsWith("exec"), alsoFine.getMessage());
        }
        Container container = host.start(host.plan("exe", "sleep", "1000"));
        ExecResult result = container.exec(container.process().running(List.of("sh", "-c",
                "readlink /proc/1/exe; ls -l /proc/1/fd | grep -c memfd; (echo x > /proc/1/exe) 2>/dev/null || echo no")),
                Duration.ofSeconds(10));
        assertEquals("/bin/busybox\n0\nno\n", result.output());
    }

    /// CVE-2022-0492 and the like: no new user namespace, no mount of cgroups, no release_agent.
    @Test
    void cgroupsCannotBeMountedOrLeft() throws Exception {
        assertEquals("end\n", host.run("cgroups", List.of(), """
                mkdir /tmp/c
                mount -t cgroup -o memory none /tmp/c 2>/dev/null && echo mounted
                unshare -Ur true 2>/dev/null && echo unshared
                [ -e /sys/fs/cgroup/memory/release_agent ] && echo agent
                (echo 1 > /sys/fs/cgroup/pids/cgroup.procs) 2>/dev/null && echo moved
                echo end"""));
    }

    @Test
    void pathsThatAreNotPlainAreRefused() {
        for (String path : List.of("relative", "/a/../b", "/a//b", "/", "/proc/x", "/sys", "/a/.")) {
            assertThrows(JorchException.class, () -> new MountPlan.Tmpfs(path, 0, 0755, 0), path);
        }
        assertThrows(JorchException.class, () -> in(host.plan("x", "true"), "a"));
        assertThrows(JorchException.class, () -> host.plan("../x", "true"));
    }

    @Test
    void bindsAreMappedAndCannotGainRights() throws Exception {
        Path volume = Files.createDirectories(directory.resolve("volume"));
        Files.setAttribute(Files.createFile(volume.resolve("of-root")), "unix:uid", 0);
        Files.setAttribute(Files.createFile(volume.resolve("of-user")), "unix:uid", 1000);
        Path file = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
        int safe = MountCalls.MOUNT_ATTR_NOSUID | MountCalls.MOUNT_ATTR_NODEV;
        String inside = host.run("binds", List.of(new MountPlan.Bind(volume, "/data/deep", true, false, safe, true),
                new MountPlan.Bind(file, "/etc/hosts", false, false, safe | MountCalls.MOUNT_ATTR_RDONLY, true),
                new MountPlan.Tmpfs("/run", 1 << 20, 0755, safe)), """
                        stat -c %u /data/deep/of-root /data/deep/of-user; touch /data/deep/new /run/x; cat /etc/hosts
                        (echo x > /etc/hosts) 2>/dev/null || echo read-only
                        grep -E '/data|/etc/hosts|/run' /proc/mounts | grep -vc nosuid,nodev || true""");
        assertEquals("0\n1000\n127.0.0.1 localhost\nread-only\n0\n", inside);
        assertEquals(0, Files.getAttribute(volume.resolve("new"), "unix:uid"));
    }

    @Test
    void aReadOnlyRootIsReadOnlyToRoot() throws Exception {
        LaunchPlan plan = host.plan("ro", "sh", "-c", "touch /x 2>/dev/null || echo no; touch /dev/shm/y && echo yes");
        RootPlan.Overlay root = (RootPlan.Overlay) plan.root();
        LaunchPlan readOnly = new LaunchPlan(plan.id(), plan.idRange(),
                new RootPlan.Overlay(root.lower(), root.upper(), root.work(), true), plan.process(), "ro", "",
                plan.network(), plan.mounts(), plan.devices(), plan.maskedPaths(), plan.readOnlyPaths(), Map.of(),
                plan.cgroups(), plan.shim());
        host.start(readOnly).awaitExit();
        assertEquals("no\nyes\n", host.output("ro"));
    }

    private static LaunchPlan in(LaunchPlan plan, String workingDirectory) {
        ProcessPlan process = plan.process();
        return new LaunchPlan(plan.id(), plan.idRange(), plan.root(),
                new ProcessPlan(process.arguments(), process.environment(), workingDirectory, process.user(),
                        process.umask(), process.capabilities(), true, process.seccomp(), process.rlimits(), 0),
                plan.hostname(), plan.domainname(), plan.network(), plan.mounts(), plan.devices(), plan.maskedPaths(),
                plan.readOnlyPaths(), plan.sysctls(), plan.cgroups(), plan.shim());
    }
}
