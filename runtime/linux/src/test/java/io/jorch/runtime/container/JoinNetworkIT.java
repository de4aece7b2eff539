package io.jorch.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.jorch.runtime.launch.LaunchPlan;
import io.jorch.runtime.launch.NetworkPlan;
import io.jorch.runtime.linux.MountCalls;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.NamespaceThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A container in a network namespace that was made and bound beforehand.
@Timeout(60)
class JoinNetworkIT {
    private static final Path HOST_SYSCTL = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    @TempDir
    Path directory;
    private Host host;
    private Path namespace;

    @BeforeEach
    void open() throws Exception {
        host = new Host(directory);
        namespace = Files.createFile(directory.resolve("netns"));
        NamespaceThread.runFresh(() -> {
            NamespaceCalls.unshare(NamespaceCalls.CLONE_NEWNET);
            MountCalls.mount("/proc/thread-self/ns/net", namespace, null, MountCalls.MS_BIND, null);
            return true;
        });
    }

    @AfterEach
    void close() {
        host.close();
        MountCalls.unmount(namespace, MountCalls.MNT_DETACH);
    }

    @Test
    void theContainerIsInItWithItsOwnViewOfSys() throws Exception {
        String before = Files.readString(HOST_SYSCTL);
        LaunchPlan plan = host.plan("join", "sh", "-c",
                "readlink /proc/self/ns/net; ls /sys/class/net; cat /proc/sys/net/ipv4/ip_unprivileged_port_start; "
                        + "grep ' /sys sysfs' /proc/mounts");
        LaunchPlan joined = new LaunchPlan(plan.id(), plan.idRange(), plan.root(), plan.process(), "j", "",
                new NetworkPlan.Join(namespace), plan.mounts(), plan.devices(), plan.maskedPaths(),
                plan.readOnlyPaths(), Map.of("net/ipv4/ip_unprivileged_port_start", "80"), plan.cgroups(),
                plan.shim());
        ExitStatus status = host.start(joined).awaitExit();
        List<String> lines = host.output("join").lines().toList();
        assertEquals(0, status.code(), lines.toString());
        String inode = "net:[" + Files.getAttribute(namespace, "unix:ino") + "]";
        assertEquals(List.of(inode, "lo", "80"), lines.subList(0, 3));
        assertTrue(lines.get(3).contains("ro,nosuid,nodev,noexec"), lines.get(3));
        assertEquals(before, Files.readString(HOST_SYSCTL));
    }
}
