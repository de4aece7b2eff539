package io.jorch.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jorch.runtime.cgroup.CgroupLimits;
import io.jorch.runtime.cgroup.Cgroups;
import io.jorch.runtime.check.ContainerProbe;
import io.jorch.runtime.container.Containers;
import io.jorch.runtime.container.TaskDirectories;
import io.jorch.runtime.launch.IdRange;
import io.jorch.runtime.launch.LaunchPlan;
import io.jorch.runtime.launch.Launcher;
import io.jorch.runtime.launch.NetworkPlan;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.runtime.launch.RootPlan;
import io.jorch.runtime.launch.StandardMounts;
import io.jorch.runtime.log.LogQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the entrypoints of stock images do as root (nginx, PostgreSQL, Redis), in a container with every default in
/// force: it must work. What must not work is tested beside it.
@Timeout(60)
class DefaultConfinementIT {
    private static final List<String> APPLETS = List.of("sh", "chown", "chmod", "mkdir", "stat", "su", "id", "httpd",
            "wget", "kill", "sleep", "mknod", "chroot", "cat", "grep", "touch", "nc", "unshare", "mount");

    @TempDir
    Path directory;

    private Path layer;
    private TaskDirectories directories;
    private Containers containers;

    @BeforeEach
    void image() throws IOException {
        layer = Files.createDirectory(directory.resolve("layer"));
        Path bin = Files.createDirectory(layer.resolve("bin"));
        Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
        for (String applet : APPLETS) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        Files.createDirectory(layer.resolve("etc"));
        Files.writeString(layer.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\nredis:x:999:998::/:/bin/sh\n");
        Files.writeString(layer.resolve("etc/group"), "root:x:0:\nredis:x:998:\n");
        directories = new TaskDirectories(directory.resolve("tasks"), directory.resolve("shims"));
        containers = new Containers("def" + ProcessHandle.current().pid(), directories, Cgroups.detect(),
                new Launcher(ContainerProbe.run(directory).mode().orElseThrow()), InstantSource.system());
    }

    @AfterEach
    void close() {
        containers.sweep(Set.of());
        containers.close();
    }

    @Test
    void rootPreparesItsVolumeAndStepsDown() throws Exception {
        assertEquals("999 998 700\n2770 998\n999\n999\n", run("""
                mkdir /data /shared
                chown redis:redis /data
                chmod 700 /data
                stat -c '%u %g %a' /data
                chown root:redis /shared
                chmod 2770 /shared
                stat -c '%a %g' /shared
                su redis -s /bin/sh -c 'id -u; touch /data/dump'
                stat -c %u /data/dump
                """));
    }

    @Test
    void lowPortsAreOpenToRootAndToUsers() throws Exception {
        assertEquals("page\npage\n", run("""
                mkdir /www; echo page > /www/index.html
                httpd -p 127.0.0.1:80 -h /www
                wget -q -O - http://127.0.0.1:80/index.html
                su redis -s /bin/sh -c 'httpd -p 127.0.0.1:443 -h /www'
                wget -q -O - http://127.0.0.1:443/index.html
                """));
    }

    @Test
    void rootSignalsItsWorkersOfAnotherUser() throws Exception {
        assertEquals("143\n", run("""
                su redis -s /bin/sh -c 'exec sleep 100' & worker=$!
                until grep -q '^Uid:.999' /proc/$worker/status; do :; done
                kill $worker 2>/dev/null
                wait $worker 2>/dev/null || echo $?
                """));
    }

    /// iputils' ping opens such a socket first; busybox's of Debian knows raw ones only, so the test makes its own.
    @Test
    void pingNeedsNoRawSocket() throws Exception {
        Path source = Files.writeString(directory.resolve("icmp.c"), """
                #include <netinet/in.h>
                #include <sys/socket.h>
                int main(void) { return socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) < 0; }
                """);
        Process compiler = new ProcessBuilder("cc", "-static", "-o", layer.resolve("bin/icmp").toString(),
                source.toString()).inheritIO().start();
        assertEquals(0, compiler.waitFor());
        assertEquals("alive\n", run("su redis -s /bin/sh -c '/bin/icmp && echo alive'"));
    }

    @Test
    void theProcessHoldsWhatTheTablesSay() throws Exception {
        assertEquals("""
                CapInh:	0000000000000000
                CapPrm:	00000000000005fb
                CapEff:	00000000000005fb
                CapBnd:	00000000000005fb
                CapAmb:	0000000000000000
                NoNewPrivs:	1
                Seccomp:	2
                """, run("grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status"));
    }

    @Test
    void whatTheDefaultsTakeAwayIsRefused() throws Exception {
        assertEquals("ok\n", run("""
                ! mknod /disk b 8 0 2>/dev/null
                ! chroot / /bin/sh -c true 2>/dev/null
                ! unshare -U /bin/sh -c true 2>/dev/null
                ! unshare -m /bin/sh -c true 2>/dev/null
                ! mount -t tmpfs none /etc 2>/dev/null
                echo ok
                """));
    }

    private String run(String script) throws InterruptedException {
        ProcessPlan process = new ProcessPlan(List.of("sh", "-ec", script), List.of("PATH=/bin"), "/",
                ProcessPlan.User.ROOT, 022, ProcessPlan.Capabilities.of(Capabilities.DEFAULT.mask()), true,
                new ProcessPlan.Seccomp(SeccompProfile.defaultFilter().bytes()),
                Rlimit.defaults(Rlimit.ownOpenFiles()).stream().map(limit -> new ProcessPlan.Rlimit(limit.resource().number(), limit.soft(),
                        limit.hard())).toList(),
                SecurityDefaults.OOM_SCORE_ADJUST);
        Map<String, String> sysctls = SecurityDefaults.SYSCTLS.stream()
                .collect(Collectors.toMap(SecurityDefaults.Sysctl::path, SecurityDefaults.Sysctl::value));
        LaunchPlan plan = new LaunchPlan("task", IdRange.from(2_000_000),
                new RootPlan.Overlay(List.of(layer), directories.upper("task"), directories.work("task"), false),
                process, "task", "", new NetworkPlan.Isolated(), StandardMounts.of(List.of(), SecurityDefaults.SHM),
                List.of(), MaskedPaths.MASKED, MaskedPaths.READ_ONLY, sysctls, LaunchPlan.CgroupPlan.NONE,
                new LaunchPlan.ShimPlan(directories.of("task"), directories.shims(), 0, 1 << 20, 2));
        CgroupLimits limits = CgroupLimits.DEVICES_ONLY.withPids(SecurityDefaults.PIDS)
                .withMemory(SecurityDefaults.MEMORY_FLOOR, SecurityDefaults.SWAP, 0);
        int code = containers.start(plan, limits).awaitExit().shellCode();
        String output = containers.logs("task").read(LogQuery.ALL).stream()
                .map(entry -> new String(entry.bytes(), StandardCharsets.UTF_8) + (entry.partial() ? "" : "\n"))
                .collect(Collectors.joining());
        assertEquals(0, code, output);
        return output;
    }
}
