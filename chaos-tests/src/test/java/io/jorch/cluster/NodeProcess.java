package io.jorch.cluster;

import static org.awaitility.Awaitility.await;

import io.jorch.cli.client.EngineClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A daemon in a JVM of its own, in a network and a mount namespace that outlive it, so that it can be killed and
/// started again like on a machine.
final class NodeProcess implements AutoCloseable {
    private final Path folder;
    private final Process namespaces;
    private @Nullable Process daemon;

    NodeProcess(Path folder) throws IOException {
        this.folder = folder;
        this.namespaces = new ProcessBuilder("unshare", "--net", "--mount", "--propagation", "private", "sh", "-c",
                "ip link set lo up && exec sleep 600").inheritIO().start();
        await().atMost(Duration.ofSeconds(10)).until(() -> inside("cat", "/sys/class/net/lo/operstate").equals("unknown")
                || inside("ip", "link", "show", "lo").contains("UP"));
    }

    void start() throws IOException {
        daemon = new ProcessBuilder("nsenter", "-t", Long.toString(namespaces.pid()), "--net", "--mount",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Xmx192m", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                "io.jorch.cli.daemon.DaemonMain", "daemon", "--data-dir", folder.resolve("data").toString(),
                "--run-dir", folder.resolve("run").toString(), "--config", "/dev/null")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions()
                .until(() -> !client().get(EngineClient.call("/info")).isMissingNode());
    }

    void kill() {
        Process running = daemon;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    EngineClient client() {
        return new EngineClient(folder.resolve("run/jorch.sock"));
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("daemon.log");
    }

    /// What a command prints, run in the node's network; empty when it fails.
    String inside(String... command) throws IOException, InterruptedException {
        List<String> words = Stream.concat(
                Stream.of("nsenter", "-t", Long.toString(namespaces.pid()), "--net", "--mount"), Stream.of(command))
                .toList();
        Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? printed : "";
    }

    /// Ends the tasks that are still there, and takes away the control groups that carry this node's id.
    void end(String shortNodeId) throws IOException {
        kill();
        List<Path> roots;
        try (Stream<Path> mounts = Files.list(Path.of("/sys/fs/cgroup"))) {
            roots = Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), mounts)
                    .map(mount -> mount.resolve("jorch-" + shortNodeId)).filter(Files::isDirectory).toList();
        }
        for (Path root : roots) {
            if (Files.exists(root.resolve("cgroup.kill"))) {
                Files.writeString(root.resolve("cgroup.kill"), "1");
            }
        }
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
            for (Path root : roots) {
                remove(root);
            }
            return true;
        });
    }

    private static void remove(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> groups = Files.walk(root)) {
            for (Path group : groups.filter(Files::isDirectory).sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(group);
            }
        }
    }

    @Override
    public void close() {
        kill();
        namespaces.destroyForcibly().onExit().join();
    }
}
