package io.jorch.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.jorch.runtime.launch.LayerMode;
import io.jorch.runtime.log.LogQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon is killed; its containers are not.
@Timeout(60)
class CrashIT {
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

    /// What runs in the JVM that is killed: starts two containers and tells pid and start time of each.
    static final class Daemon {
        private Daemon() {
        }

        public static void main(String[] arguments) throws Exception {
            Host host = new Host(Path.of(arguments[0]), arguments[1], LayerMode.BY_DESCRIPTOR);
            for (String id : List.of("one", "two")) {
                Container container = host.start(host.plan(id, "sh", "-c",
                        "trap 'echo bye; exit 33' TERM; echo up; while :; do sleep 0.05; done"));
                System.out.println(container.pid() + " " + container.startTime());
            }
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void containersOfAKilledDaemonAreAdoptedAsTheyWere() throws Exception {
        Process daemon = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Daemon.class.getName(), directory.toString(), host.node)
                        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> told;
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(daemon.getInputStream(), StandardCharsets.UTF_8))) {
            told = List.of(out.readLine(), out.readLine());
        } finally {
            daemon.destroyForcibly().waitFor();
        }

        // One goes on under the new daemon, the other ended while there was none.
        Adoption.Running first = assertInstanceOf(Adoption.Running.class, host.containers.adopt("one"));
        assertEquals(told.get(0), first.container().pid() + " " + first.container().startTime());
        assertTrue(new ProcessIdentity(first.container().pid(), first.container().startTime()).isAlive());
        ProcessHandle second = ProcessHandle.of(Long.parseLong(told.get(1).split(" ")[0])).orElseThrow();
        host.containers.logs("two").read(LogQuery.ALL.following(), () -> false, entry -> false);
        second.destroy();
        second.onExit().join();
        host.containers.logs("two").read(LogQuery.ALL.following(),
                () -> ExitRecord.read(host.directories.of("two")).isPresent(), entry -> true);
        ExitStatus ended = assertInstanceOf(Adoption.Ended.class, host.containers.adopt("two")).status();
        assertEquals(List.of(33, 0), List.of(ended.code(), ended.signal()));
        assertEquals("up\nbye\n", host.output("two"));
        ExitRecord record = ExitRecord.read(host.directories.of("two")).orElseThrow();
        assertEquals(told.get(1), record.pid() + " " + record.startTime());
        assertFalse(record.startedAt().isAfter(record.status().finishedAt()));

        first.container().signal(15);
        assertEquals(33, first.container().awaitExit().code());
        assertEquals("up\nbye\n", host.output("one"));
    }

    @Test
    void theShimIsSmallSealedAndOutsideTheDaemonsCgroup() throws Exception {
        Container container = host.start(host.plan("small", "sleep", "1000"));
        Container other = host.start(host.plan("small2", "sleep", "1000"));
        ProcessHandle shim = ProcessHandle.of(container.pid()).orElseThrow().parent().orElseThrow();
        Path proc = Path.of("/proc", Long.toString(shim.pid()));
        assertEquals("jorch-shim", Files.readString(proc.resolve("comm")).strip());
        assertTrue(Files.readSymbolicLink(proc.resolve("exe")).toString().startsWith("/memfd:jorch-shim"));
        // CVE-2019-5736: not even root can write to what runs the containers.
        org.junit.jupiter.api.Assertions.assertThrows(java.io.IOException.class,
                () -> Files.write(proc.resolve("exe"), new byte[]{0}, java.nio.file.StandardOpenOption.WRITE));
        long pss = Files.readAllLines(proc.resolve("smaps_rollup")).stream().filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", ""))).sum();
        assertTrue(pss <= 24, "PSS of the shim: " + pss + " kB");
        assertTrue(Files.readString(proc.resolve("cgroup")).contains("/jorch-" + host.node + "/_shims"));
        try (java.util.stream.Stream<Path> fds = Files.list(proc.resolve("fd"))) {
            assertTrue(fds.count() <= 14);
        }
        other.kill();
        other.awaitExit();
    }
}
