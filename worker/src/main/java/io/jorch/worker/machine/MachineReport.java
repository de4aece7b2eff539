package io.jorch.worker.machine;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.spec.GenericResource;
import io.jorch.api.spec.Platform;
import io.jorch.runtime.check.IdRanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads a machine: what the scheduler may hand out of it, and which ids it may not.
public final class MachineReport {
    private static final long NANO = 1_000_000_000L;

    private final Path proc;
    private final String engineVersion;
    private final Map<String, String> engineLabels;
    private final List<GenericResource> genericResources;

    /// @param proc `/proc` outside tests
    /// @param engineLabels,genericResources from the daemon's settings
    public MachineReport(Path proc, String engineVersion, Map<String, String> engineLabels,
            List<GenericResource> genericResources) {
        this.proc = proc;
        this.engineVersion = engineVersion;
        this.engineLabels = Map.copyOf(engineLabels);
        this.genericResources = List.copyOf(genericResources);
    }

    public NodeDescription describe() {
        List<IdRange> ids = IdRanges.ofHost().stream().map(range -> new IdRange(range.first(), range.count())).distinct()
                .toList();
        return new NodeDescription(hostname(), platform(System.getProperty("os.arch")), processors() * NANO,
                memoryBytes(), genericResources, engineVersion, engineLabels, ids);
    }

    /// All of the machine's memory, as Docker reports it.
    public long memoryBytes() {
        return read("meminfo").lines().filter(line -> line.startsWith("MemTotal:"))
                .map(line -> line.replaceAll("[^0-9]", "")).mapToLong(Long::parseLong).map(kibibytes -> kibibytes << 10)
                .findFirst().orElseThrow(() -> new JorchException(ErrorCode.UNSUPPORTED, proc + "/meminfo has no MemTotal"));
    }

    /// Changes with every start of the kernel.
    public String bootId() {
        return read("sys/kernel/random/boot_id").strip();
    }

    private long processors() {
        return read("stat").lines().filter(line -> line.matches("cpu[0-9]+ .*")).count();
    }

    private String hostname() {
        return read("sys/kernel/hostname").strip();
    }

    /// uname's word for what Java calls it, as Docker shows it.
    static Platform platform(String javaName) {
        return new Platform(switch (javaName) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "aarch64";
            default -> javaName;
        }, "linux");
    }

    private String read(String name) {
        try {
            return Files.readString(proc.resolve(name));
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "can't read " + proc.resolve(name) + ": " + JorchException.describe(failure), failure);
        }
    }
}
