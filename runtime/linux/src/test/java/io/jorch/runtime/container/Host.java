package io.jorch.runtime.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jorch.runtime.cgroup.CgroupLimits;
import io.jorch.runtime.cgroup.Cgroups;
import io.jorch.runtime.launch.IdRange;
import io.jorch.runtime.launch.LaunchPlan;
import io.jorch.runtime.launch.Launcher;
import io.jorch.runtime.launch.LayerMode;
import io.jorch.runtime.launch.MountPlan;
import io.jorch.runtime.launch.NetworkPlan;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.runtime.launch.RootPlan;
import io.jorch.runtime.launch.StandardMounts;
import io.jorch.runtime.log.LogQuery;
import io.jorch.runtime.log.LogRecord;
import io.jorch.runtime.security.Capabilities;
import io.jorch.runtime.security.MaskedPaths;
import io.jorch.runtime.security.SeccompProfile;

/// A node for tests: an image made of busybox, and containers below a temporary directory. Closing it checks that
/// nothing is left.
final class Host implements AutoCloseable {
    static final IdRange IDS = IdRange.from(1_000_000);
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> APPLETS = List.of("sh", "true", "false", "cat", "echo", "id", "ls", "mount",
            "umount", "sleep", "kill", "hostname", "readlink", "touch", "rm", "ps", "dd", "seq", "grep", "stat",
            "mkdir", "setsid", "nproc", "test", "yes", "head", "ip", "ln", "wc", "df", "tail", "mknod", "unshare");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final String node;
    final Path layer;
    final TaskDirectories directories;
    final Containers containers;
    private final LayerMode mode;

    Host(Path directory) {
        this(directory, LayerMode.BY_DESCRIPTOR);
    }

    Host(Path directory, LayerMode mode) {
        this(directory, "t" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet(), mode);
    }

    Host(Path directory, String node, LayerMode mode) {
        this.node = node;
        this.mode = mode;
        this.layer = image(directory.resolve("layer"));
        this.directories = new TaskDirectories(directory.resolve("data/tasks"), directory.resolve("run/shims"));
        this.containers = new Containers(node, directories, Cgroups.detect(), new Launcher(mode),
                InstantSource.system());
    }

    private static Path image(Path layer) {
        if (Files.exists(layer)) {
            return layer;
        }
        if (!Files.exists(BUSYBOX)) {
            throw new IllegalStateException("/bin/busybox is missing: apt-get install busybox-static");
        }
        try {
            Path bin = Files.createDirectories(layer.resolve("bin"));
            Files.copy(BUSYBOX, bin.resolve("busybox"));
            for (String applet : APPLETS) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
            Files.createDirectories(layer.resolve("etc"));
            Files.writeString(layer.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\nuser:x:1000:1000::/:/bin/sh\n");
            Files.createDirectories(layer.resolve("tmp"));
            return layer;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /// A plan with jorch's defaults, running a shell command.
    LaunchPlan plan(String id, String... arguments) {
        return plan(id, List.of(), arguments);
    }

    LaunchPlan plan(String id, List<MountPlan> further, String... arguments) {
        List<MountPlan> mounts = Stream
                .concat(StandardMounts.of(List.of("memory", "pids", "cpu"), 64 << 20).stream(), further.stream())
                .toList();
        return new LaunchPlan(id, IDS,
                new RootPlan.Overlay(List.of(layer), directories.upper(id), directories.work(id), false),
                process(arguments), "box", "", new NetworkPlan.Isolated(), mounts, List.of(), MaskedPaths.MASKED,
                MaskedPaths.READ_ONLY, Map.of("net/ipv4/ip_unprivileged_port_start", "0"),
                LaunchPlan.CgroupPlan.NONE,
                new LaunchPlan.ShimPlan(directories.of(id), directories.shims(), 0, 1 << 20, 3));
    }

    static ProcessPlan process(String... arguments) {
        return new ProcessPlan(List.of(arguments), List.of("PATH=/bin", "HOME=/"), "/", ProcessPlan.User.ROOT, 022,
                ProcessPlan.Capabilities.of(Capabilities.DEFAULT.mask()), true,
                new ProcessPlan.Seccomp(SeccompProfile.defaultFilter().bytes()), List.of(), 0);
    }

    Container start(LaunchPlan plan) {
        return containers.start(plan, CgroupLimits.DEVICES_ONLY);
    }

    /// Runs a shell command to its end and answers what it wrote, which must include its success.
    String run(String id, List<MountPlan> further, String command) throws InterruptedException {
        ExitStatus status = start(plan(id, further, "sh", "-ec", command)).awaitExit();
        String output = output(id);
        if (status.shellCode() != 0) {
            throw new AssertionError("exit " + status + ": " + output);
        }
        return output;
    }

    String output(String id) {
        return containers.logs(id).read(LogQuery.ALL).stream().map(Host::text).collect(Collectors.joining());
    }

    static String text(LogRecord entry) {
        return new String(entry.bytes(), java.nio.charset.StandardCharsets.UTF_8) + (entry.partial() ? "" : "\n");
    }

    LayerMode mode() {
        return mode;
    }

    @Override
    public void close() {
        containers.sweep(java.util.Set.of());
        containers.close();
    }
}
