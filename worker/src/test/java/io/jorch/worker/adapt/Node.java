package io.jorch.worker.adapt;

import io.jorch.api.image.ImageConfig;
import io.jorch.api.object.ImagePin;
import io.jorch.net.NodeNames;
import io.jorch.net.NodeNetworkSettings;
import io.jorch.runtime.container.TaskDirectories;
import io.jorch.runtime.launch.LayerMode;
import io.jorch.worker.Samples;
import io.jorch.worker.compose.ImageFiles;
import io.jorch.worker.compose.NodeRules;
import io.jorch.worker.machine.MachineReport;
import io.jorch.worker.task.PreparedImage;
import io.jorch.worker.task.TaskImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A worker of a test's own on this machine: its data in a temporary folder, a namespace that stands for the host's
/// network, an image of busybox. It tells what the machine holds of it.
final class Node {
    private static final List<String> APPLETS = List.of("sh", "true", "false", "cat", "echo", "id", "ls", "sleep", "kill",
            "touch", "rm", "dd", "stat", "mkdir", "test", "head", "tail", "env", "pwd", "httpd", "nc", "hostname", "trap",
            "tr", "printf", "wc", "mount", "grep", "stty");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Path folder;
    final String shortId;
    final Path host;
    volatile ImageConfig image = Samples.image("'Cmd':['sh','-c','sleep 600'],'Env':['PATH=/bin']");
    volatile TaskImages images = new LayerImages();
    private final LinkedBlockingQueue<ManagerEnd> connected = new LinkedBlockingQueue<>();

    Node(Path folder) {
        this.folder = folder;
        this.shortId = ("w" + Long.toString(ProcessHandle.current().pid() * 64 + NUMBER.incrementAndGet(), 36));
        this.host = Path.of("/run/netns/jorch-it-" + shortId);
        shell("ip netns add jorch-it-" + shortId + " && ip -n jorch-it-" + shortId + " link set lo up");
        makeLayer(folder.resolve("layer"));
    }

    WorkerDaemon start() throws InterruptedException {
        MachineReport machine = new MachineReport(Path.of("/proc"), "test", Map.of(), List.of());
        NodeNetworkSettings network = new NodeNetworkSettings(new NodeNames(shortId), folder.resolve("run/netns"), host,
                Path.of("/etc/resolv.conf"), new TreeSet<>(), false, 1500, 1450);
        return WorkerDaemon.start(
                new DaemonSettings("node0000000000000000000" + shortId, shortId, "192.0.2.1", folder.resolve("data/node"),
                        folder.resolve("data/volumes"),
                        new TaskDirectories(folder.resolve("data/tasks"), folder.resolve("run/shims")), network,
                        LayerMode.BY_DESCRIPTOR, NodeRules.STRICT, machine::describe, machine.bootId()),
                images, () -> {
                    ManagerEnd end = new ManagerEnd();
                    connected.add(end);
                    return end;
                });
    }

    /// The manager's end of the stream that the worker opened.
    ManagerEnd manager() throws InterruptedException {
        ManagerEnd end = connected.poll(20, TimeUnit.SECONDS);
        if (end == null) {
            throw new IllegalStateException("the worker opened no stream");
        }
        return end;
    }

    /// What a leak would add to.
    Map<String, String> inventory() {
        Map<String, String> inventory = new TreeMap<>();
        inventory.put("cgroups", shell("find /sys/fs/cgroup -type d -path '*jorch-" + shortId + "/*' -not -name _shims"
                + " -not -path '*_shims/*' | sort"));
        inventory.put("mounts", shell("grep " + folder + " /proc/self/mountinfo || true"));
        inventory.put("processes", shell("find /sys/fs/cgroup -path '*jorch-" + shortId
                + "/*' -name cgroup.procs -exec cat {} + | sort -u | wc -l")); // its shims' too
        inventory.put("files", files("data/tasks") + files("data/node/etc") + files("run"));
        inventory.put("links", shell("ip netns exec jorch-it-" + shortId + " ip -br link | awk '{print $1}' | sort"));
        return inventory;
    }

    String files(String below) {
        Path root = folder.resolve(below);
        if (!Files.isDirectory(root)) {
            return below + "[]";
        }
        try (Stream<Path> files = Files.walk(root)) {
            return below + files.filter(path -> !path.equals(root) && !path.endsWith("netns") && !path.endsWith("shims"))
                    .map(path -> root.relativize(path).toString()).sorted().toList();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String shell(String line) {
        try {
            Process process = new ProcessBuilder("sh", "-ec", line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(line + ": " + output);
            }
            return output;
        } catch (IOException failure) {
            throw new IllegalStateException(line, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(line, interrupted);
        }
    }

    /// Has everything removed by a last daemon.
    void close() throws InterruptedException {
        try (WorkerDaemon last = start()) {
            ManagerEnd manager = manager();
            int tasks = manager.welcome().tasks().size();
            manager.assign(true);
            for (int removed = 0; removed < tasks;) {
                io.jorch.api.message.AgentMessage message = manager.heard.poll(30, TimeUnit.SECONDS);
                if (message == null) {
                    throw new IllegalStateException("tasks stay behind");
                }
                if (message instanceof io.jorch.api.message.AgentMessage.Report report) {
                    removed += (int) report.tasks().stream()
                            .filter(io.jorch.api.message.AgentMessage.TaskReport::removed).count();
                }
            }
            last.containers().close();
        } finally {
            shell("ip netns del jorch-it-" + shortId);
        }
    }

    private static void makeLayer(Path layer) {
        Path busybox = Path.of("/bin/busybox");
        if (!Files.exists(busybox)) {
            throw new IllegalStateException("/bin/busybox is missing: apt-get install busybox-static");
        }
        try {
            Path bin = Files.createDirectories(layer.resolve("bin"));
            Files.copy(busybox, bin.resolve("busybox"));
            for (String applet : APPLETS) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
            Files.createDirectories(layer.resolve("etc"));
            Files.createDirectories(layer.resolve("tmp"));
            Files.writeString(layer.resolve("etc/passwd"),
                    "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n");
            Files.writeString(layer.resolve("etc/group"), "root:x:0:\napp:x:1000:\nmedia:x:44:app\n");
            Path seed = Files.createDirectories(layer.resolve("var/seed"));
            Files.writeString(seed.resolve("greeting"), "hello from the image\n");
            Files.setAttribute(seed, "unix:uid", 1000);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private final class LayerImages implements TaskImages {
        @Override
        public PreparedImage require(ImagePin pin) {
            List<Path> layers = List.of(folder.resolve("layer"));
            return new PreparedImage("sha256:test", image, layers, new ImageFiles(layers, _ -> false));
        }

        @Override
        public Optional<ImageConfig> config(ImagePin pin) {
            return Optional.of(image);
        }

        @Override
        public void collect(Collection<ImagePin> keep) {
            // Its one image is a folder of the test's.
        }
    }
}
