package io.jorch.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.cgroup.CgroupLimits;
import io.jorch.runtime.launch.LaunchPlan;
import io.jorch.runtime.launch.MountPlan;
import io.jorch.runtime.launch.NetworkPlan;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.runtime.launch.RootPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A start that fails says at which step and why, and leaves nothing.
@Timeout(60)
class FailureIT {
    @TempDir
    Path directory;
    private Host host;
    private Map<String, Long> before = Map.of();

    @BeforeEach
    void open() throws Exception {
        host = new Host(directory);
        host.start(host.plan("warm", "true")).awaitExit();
        host.containers.remove("warm");
        before = counts();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aProgramThatIsNotThereOrNotOneOrNotAllowed() throws Exception {
        Files.writeString(host.layer.resolve("bin/text"), "no program");
        Files.writeString(host.layer.resolve("bin/binary"), "\177ELF no program");
        assertTrue(host.layer.resolve("bin/binary").toFile().setExecutable(true));
        fails(host.plan("absent", "/bin/foo"),
                "exec /bin/foo: no such file in the image (or its interpreter is missing)");
        fails(host.plan("lookup", "foo"), "exec foo: no such file in the image (or its interpreter is missing)");
        fails(host.plan("denied", "text"), "exec text: may not be executed: check its permissions and the user");
        fails(host.plan("binary", "binary"), "exec binary: not a program for this machine: check the image's platform "
                + "or the #! line");
    }

    @Test
    void aMountThatCannotBeMade() {
        fails(host.plan("bind", List.of(new MountPlan.Bind(directory.resolve("absent"), "/x", true, false, 0, false)),
                "true"), "bind " + directory.resolve("absent") + " to /x: ENOENT (no such file or directory)");
        fails(host.plan("type", List.of(new MountPlan.Filesystem("nosuchfs", "/x", Map.of(), 0, false)), "true"),
                "mount /x: ENODEV (no such device)");
        fails(host.plan("option", List.of(new MountPlan.Filesystem("tmpfs", "/x", Map.of("nosuch", "1"), 0, false)),
                "true"), "mount /x: EINVAL (invalid argument)");
        fails(host.plan("on-file", List.of(new MountPlan.Tmpfs("/bin/busybox", 0, 0755, 0)), "true"),
                "mount /bin/busybox: ENOTDIR (not a directory)");
    }

    @Test
    void aCgroupLayerNamespaceOrSysctlThatIsNotThere() {
        LaunchPlan plan = host.plan("plan", "true");
        Path absent = directory.resolve("absent");
        fails(with(plan, new RootPlan.Overlay(List.of(absent), host.directories.upper("plan"),
                host.directories.work("plan"), false), plan.network(), plan.sysctls(), plan.process()),
                "open layer " + absent + ": ENOENT (no such file or directory)");
        fails(with(plan, plan.root(), new NetworkPlan.Join(absent), plan.sysctls(), plan.process()),
                "join network namespace " + absent + ": ENOENT (no such file or directory)");
        fails(with(plan, plan.root(), plan.network(), Map.of("net/nosuch", "1"), plan.process()),
                "set sysctl net/nosuch: ENOENT (no such file or directory)");
        fails(with(plan, plan.root(), plan.network(), Map.of("net/ipv4/ip_forward", "x"), plan.process()),
                "set sysctl net/ipv4/ip_forward: EINVAL (invalid argument)");
        ProcessPlan process = plan.process();
        fails(with(plan, plan.root(), plan.network(), plan.sysctls(),
                new ProcessPlan(process.arguments(), process.environment(), "/bin/busybox", process.user(), 022,
                        process.capabilities(), true, process.seccomp(), List.of(), 0)),
                "enter working directory /bin/busybox: ENOTDIR (not a directory)");
        // A filter of one instruction that does not end in a return.
        fails(with(plan, plan.root(), plan.network(), plan.sysctls(),
                new ProcessPlan(process.arguments(), process.environment(), "/", process.user(), 022,
                        process.capabilities(), true, new ProcessPlan.Seccomp(new byte[8]), List.of(), 0)),
                "load the seccomp filter: EINVAL (invalid argument)");
    }

    @Test
    void aCgroupThatRefuses() throws Exception {
        JorchException failure = assertThrows(JorchException.class,
                () -> host.containers.start(host.plan("nopids", "sh", "-c", "true | true"),
                        CgroupLimits.DEVICES_ONLY.withCpus(0, 0, "999")));
        assertTrue(failure.getMessage().contains("cpuset.cpus"), failure.getMessage());
        assertEquals(before, counts());
        host.start(host.plan("twice", "sleep", "1000"));
        assertThrows(JorchException.class, () -> host.start(host.plan("twice", "true")));
    }

    private void fails(LaunchPlan plan, String message) {
        JorchException failure = assertThrows(JorchException.class, () -> host.start(plan));
        assertEquals(message, failure.getMessage());
        assertEquals(before, counts());
    }

    private static LaunchPlan with(LaunchPlan plan, RootPlan root, NetworkPlan network, Map<String, String> sysctls,
            ProcessPlan process) {
        return new LaunchPlan(plan.id(), plan.idRange(), root, process, plan.hostname(), plan.domainname(), network,
                plan.mounts(), plan.devices(), plan.maskedPaths(), plan.readOnlyPaths(), sysctls, plan.cgroups(),
                plan.shim());
    }

    /// Of everything that a start makes and that could be left.
    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        try {
            counts.put("mounts", (long) Files.readAllLines(Path.of("/proc/self/mountinfo")).size());
            try (Stream<Path> tree = Files.walk(Path.of("/sys/fs/cgroup"), 4)) {
                counts.put("cgroups", tree.filter(path -> path.toString().contains("jorch-" + host.node)
                        && Files.isDirectory(path)).count());
            }
            try (Stream<Path> tree = Files.walk(directory)) {
                counts.put("files", tree.filter(path -> !path.startsWith(host.layer)).count());
            }
            counts.put("children", ProcessHandle.current().descendants().count());
            try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
                counts.put("fds", fds.filter(FailureIT::isOurs).count());
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
        return counts;
    }

    /// Not what the JVM opens by itself: jars, modules, epoll instances.
    private static boolean isOurs(Path fd) {
        try {
            String target = Files.readSymbolicLink(fd).toString();
            return target.startsWith("pipe:") || target.contains("pidfd") || target.contains("memfd:jorch-script");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
