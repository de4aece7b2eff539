package io.jorch.cli.daemon;

import io.jorch.api.docker.NodeFacts;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.spec.Platform;
import io.jorch.runtime.check.IdRanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the machine is, read from the kernel and the distribution once at start.
///
/// @param hostname as others see the node, or what the settings say
/// @param labels of the engine, `key=value`
record Machine(String hostname, List<String> labels, String kernel, String operatingSystem, String osVersion,
        String architecture, int processors, long memoryBytes, String bootId) {
    static final String VERSION = "0.1.0";
    private static final int VXLAN_PORT = 4789;

    static Machine read(Settings settings) {
        Map<String, String> release = osRelease();
        String name = settings.value("node-name").isEmpty()
                ? text("/proc/sys/kernel/hostname")
                : settings.value("node-name");
        return new Machine(name, settings.list("label"), text("/proc/sys/kernel/osrelease"),
                release.getOrDefault("PRETTY_NAME", "Linux"), release.getOrDefault("VERSION_ID", ""),
                System.getProperty("os.arch", "").equals("aarch64") ? "aarch64" : "x86_64",
                Runtime.getRuntime().availableProcessors(), memory(), text("/proc/sys/kernel/random/boot_id"));
    }

    NodeDescription description() {
        Map<String, String> engineLabels = new LinkedHashMap<>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            engineLabels.put(equals < 0 ? label : label.substring(0, equals), equals < 0 ? "" : label.substring(equals + 1));
        }
        List<IdRange> inUse = IdRanges.ofHost().stream().map(range -> new IdRange(range.first(), range.count())).toList();
        return new NodeDescription(hostname, new Platform(architecture, "linux"), processors * 1_000_000_000L,
                memoryBytes, List.of(), VERSION, engineLabels, inUse);
    }

    NodeFacts facts(Path data, int cgroupVersion, List<String> warnings) {
        return new NodeFacts(VERSION, "", Instant.EPOCH, hostname, data.toString(), kernel, operatingSystem, osVersion,
                architecture, architecture.equals("x86_64") ? "amd64" : "arm64", processors, memoryBytes,
                Integer.toString(cgroupVersion),
                List.of("name=seccomp,profile=builtin", "name=userns", "name=cgroupns", "name=no-new-privileges"),
                labels, warnings, VXLAN_PORT);
    }

    private static Map<String, String> osRelease() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text("/etc/os-release").split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
            }
        }
        return values;
    }

    /// `MemTotal` of /proc/meminfo, bytes.
    private static long memory() {
        for (String line : text("/proc/meminfo").split("\n")) {
            if (line.startsWith("MemTotal:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new JorchException(ErrorCode.UNSUPPORTED, "/proc/meminfo has no MemTotal");
    }

    /// Files of /proc have no length, so they are read to their end.
    private static String text(String file) {
        try (java.io.InputStream in = Files.newInputStream(Path.of(file))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        } catch (IOException absent) {
            return "";
        }
    }
}
