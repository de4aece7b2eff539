package io.jorch.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.cgroup.CgroupLimits;
import io.jorch.runtime.launch.LaunchPlan;
import io.jorch.runtime.log.LogQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Starting, ending and removing containers on the real kernel.
@Timeout(60)
class LifecycleIT {
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
        assertEquals(Set.of(), host.containers.list());
    }

    @Test
    void exitCodesAndSignalsAreTold() throws Exception {
        assertEquals(0, host.start(host.plan("true", "true")).awaitExit().code());
        assertEquals(42, host.start(host.plan("code", "sh", "-c", "exit 42")).awaitExit().code());
        Container sleeper = host.start(host.plan("killed", "sleep", "1000"));
        sleeper.kill();
        ExitStatus killed = sleeper.awaitExit();
        assertEquals(List.of(0, 9, 137), List.of(killed.code(), killed.signal(), killed.shellCode()));
        assertFalse(killed.oom() || killed.lost() || killed.leaseExpired());
        assertFalse(sleeper.signal(15));
    }

    @Test
    void aSignalReachesTheProgram() throws Exception {
        Container container = host.start(host.plan("term", "sh", "-c", "trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done"));
        awaitOutput("term", "up");
        assertTrue(container.signal(15));
        assertEquals(7, container.awaitExit().code());
    }

    @Test
    void oomIsTold() throws Exception {
        Container container = host.containers.start(host.plan("oom", "dd", "if=/dev/zero", "of=/dev/null", "bs=100M", "count=1"),
                CgroupLimits.DEVICES_ONLY.withMemory(16 << 20, 16 << 20, 0));
        ExitStatus status = container.awaitExit();
        assertTrue(status.oom(), status.toString());
    }

    @Test
    void theLeaseEndsItWithoutADaemon() throws Exception {
        long now = bootNanos();
        LaunchPlan plan = host.plan("lease", "sleep", "1000");
        LaunchPlan leased = new LaunchPlan(plan.id(), plan.idRange(), plan.root(), plan.process(), plan.hostname(),
                plan.domainname(), plan.network(), plan.mounts(), plan.devices(), plan.maskedPaths(),
                plan.readOnlyPaths(), plan.sysctls(), plan.cgroups(),
                new LaunchPlan.ShimPlan(plan.shim().taskDirectory(), plan.shim().shimsDirectory(),
                        now + Duration.ofSeconds(30).toNanos(), 0, 1));
        Container container = host.start(leased);
        container.renewLease(bootNanos() + Duration.ofMillis(100).toNanos());
        ExitStatus status = container.awaitExit();
        assertTrue(status.leaseExpired(), status.toString());
        assertEquals(9, status.signal());
    }

    @Test
    void logsAreSplitStampedAndRotated() throws Exception {
        LaunchPlan plan = host.plan("logs", "sh", "-c", "echo out; echo err >&2; seq 1 20000; printf end");
        LaunchPlan small = new LaunchPlan(plan.id(), plan.idRange(), plan.root(), plan.process(), plan.hostname(),
                plan.domainname(), plan.network(), plan.mounts(), plan.devices(), plan.maskedPaths(),
                plan.readOnlyPaths(), plan.sysctls(), plan.cgroups(),
                new LaunchPlan.ShimPlan(plan.shim().taskDirectory(), plan.shim().shimsDirectory(), 0, 100_000, 4));
        host.start(small).awaitExit();
        assertEquals(4, java.util.Objects.requireNonNull(host.directories.of("logs").toFile().list((at, name) -> name.startsWith("log"))).length);
        for (String name : List.of("log", "log.1", "log.2", "log.3")) {
            assertTrue(Files.size(host.directories.of("logs").resolve(name)) <= 100_000);
        }
        List<String> last = host.containers.logs("logs").read(LogQuery.ALL.last(2)).stream().map(Host::text).toList();
        assertEquals(List.of("19999\n", "20000\n", "end"), last);
    }

    @Test
    void followingSeesEveryLineOnceAcrossRotations() throws Exception {
        LaunchPlan plan = host.plan("follow", "sh", "-c",
                "for i in $(seq 1 60); do seq $((i*100)) $((i*100+99)); sleep 0.01; done");
        LaunchPlan small = new LaunchPlan(plan.id(), plan.idRange(), plan.root(), plan.process(), plan.hostname(),
                plan.domainname(), plan.network(), plan.mounts(), plan.devices(), plan.maskedPaths(),
                plan.readOnlyPaths(), plan.sysctls(), plan.cgroups(),
                new LaunchPlan.ShimPlan(plan.shim().taskDirectory(), plan.shim().shimsDirectory(), 0, 20_000, 5));
        Container container = host.start(small);
        List<String> seen = new ArrayList<>();
        CompletableFuture<ExitStatus> exit = container.exit();
        host.containers.logs("follow").read(LogQuery.ALL.following(), exit::isDone,
                entry -> seen.add(new String(entry.bytes())));
        assertEquals(java.util.stream.IntStream.range(100, 6100).mapToObj(Integer::toString).toList(), seen);
    }

    @Test
    void aFurtherProcessRunsAsTheFirst() throws Exception {
        Container container = host.start(host.plan("exec", "sleep", "1000"));
        ExecResult result = container.exec(container.process().running(List.of("sh", "-c", """
                for n in mnt pid net ipc uts user cgroup; do
                  [ $(readlink /proc/self/ns/$n) = $(readlink /proc/1/ns/$n) ] || echo other $n
                done
                grep -E 'CapEff|CapBnd|NoNewPrivs|Seccomp:' /proc/self/status; id -u; ls /proc/self/fd; pwd
                [ "$(cat /proc/self/cgroup | grep memory)" = "$(cat /proc/1/cgroup | grep memory)" ] || echo other cgroup
                exit 5""")), Duration.ofSeconds(20));
        String capabilities = "%016x".formatted(io.jorch.runtime.security.Capabilities.DEFAULT.mask());
        assertEquals("CapEff:\t" + capabilities + "\nCapBnd:\t" + capabilities
                + "\nNoNewPrivs:\t1\nSeccomp:\t2\n0\n0\n1\n2\n3\n/\n", result.output());
        assertEquals(5, result.code());
        assertFalse(result.timedOut());
    }

    @Test
    void aFurtherProcessThatHangsIsKilledWithAllItStarted() throws Exception {
        Container container = host.start(host.plan("hang", "sleep", "1000"));
        ExecResult result = container.exec(container.process().running(List.of("sh", "-c",
                "setsid sleep 999 & setsid sh -c 'sleep 998 & sleep 997' & echo begun; sleep 996")),
                Duration.ofMillis(700));
        assertTrue(result.timedOut());
        assertEquals("begun\n", result.output());
        assertEquals(137, result.code());
        assertEquals(List.of(Integer.toString(container.pid())), processes("hang"));
        // One that ends by itself leaves nothing running either, and its flood of output is cut.
        ExecResult second = container.exec(container.process().running(
                List.of("sh", "-c", "setsid sleep 995 & yes | head -c 100000; exit 0")), Duration.ofSeconds(20));
        assertEquals(4096, second.output().length());
        assertEquals(0, second.code());
        assertEquals(List.of(Integer.toString(container.pid())), processes("hang"));
        JorchException failure = assertThrows(JorchException.class, () -> container
                .exec(container.process().running(List.of("/bin/absent")), Duration.ofSeconds(5)));
        assertTrue(failure.getMessage().startsWith("exec /bin/absent: no such file in the image"), failure.getMessage());
    }

    @Test
    void adoptionByIdFindsRunningEndedAndUnknown() throws Exception {
        Container container = host.start(host.plan("adopt", "sh", "-c", "trap 'exit 9' TERM; echo up; while :; do sleep 0.05; done"));
        awaitOutput("adopt", "up");
        Adoption.Running adopted = assertInstanceOf(Adoption.Running.class, host.containers.adopt("adopt"));
        assertEquals(container.pid(), adopted.container().pid());
        assertEquals(container.startTime(), adopted.container().startTime());
        assertEquals(container.process(), adopted.container().process());
        adopted.container().signal(15);
        assertEquals(9, adopted.container().awaitExit().code());
        assertEquals(9, assertInstanceOf(Adoption.Ended.class, host.containers.adopt("adopt")).status().code());
        host.containers.release("adopt");
        assertEquals("up\n", host.output("adopt"));
        assertFalse(Files.exists(host.directories.upper("adopt")));
        host.containers.remove("adopt");
        assertInstanceOf(Adoption.Unknown.class, host.containers.adopt("adopt"));
    }

    @Test
    void aContainerWhoseShimWasKilledIsToldAsLost() throws Exception {
        Container container = host.start(host.plan("lost", "sleep", "1000"));
        long shim = ProcessHandle.of(container.pid()).orElseThrow().parent().orElseThrow().pid();
        new ProcessBuilder("kill", "-9", Long.toString(shim)).start().waitFor();
        assertTrue(container.awaitExit().lost());
        assertEquals(List.of(), processes("lost"));
    }

    @Test
    void manyAtOnce() throws Exception {
        try (java.util.concurrent.ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<ExitStatus>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String id = "many" + i;
                int code = i;
                all.add(pool.submit(() -> host.start(host.plan(id, "sh", "-c", "exit " + code)).awaitExit()));
            }
            for (int i = 0; i < all.size(); i++) {
                assertEquals(i, all.get(i).get().code());
            }
        }
    }

    private void awaitOutput(String id, String line) {
        host.containers.logs(id).read(LogQuery.ALL.following(), () -> false,
                entry -> !new String(entry.bytes()).equals(line));
    }

    /// The pids in the container's cgroup and below.
    private List<String> processes(String id) throws Exception {
        Path unified = io.jorch.runtime.cgroup.Cgroups.detect()
                .open(new io.jorch.runtime.cgroup.CgroupName(host.node, id)).unified();
        List<String> pids = new ArrayList<>();
        try (java.util.stream.Stream<Path> files = Files.walk(unified)) {
            for (Path file : files.filter(path -> path.endsWith("cgroup.procs")).toList()) {
                pids.addAll(Files.readAllLines(file));
            }
        }
        return pids;
    }

    private static long bootNanos() throws Exception {
        return (long) (Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]) * 1e9);
    }
}
