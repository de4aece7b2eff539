package io.jorch.api.image;

import io.jorch.api.json.Absent;
import io.jorch.api.spec.HealthConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a container gets from its image when its spec says nothing: Docker's `ImageConfig`, which is also the `config`
/// object of OCI's image configuration (image-spec, config.md).
///
/// @param exposedPorts keys like `80/tcp`; the values are empty objects
/// @param volumes keys are absolute paths in the container; the values are empty objects
/// @param healthcheck Docker's extension of the OCI object
/// @param onBuild build-time instructions, kept but never run
public record ImageConfig(String user, Map<String, Map<String, String>> exposedPorts, List<String> env,
        List<String> entrypoint, List<String> cmd, Map<String, Map<String, String>> volumes, String workingDir,
        Map<String, String> labels, String stopSignal, @Nullable HealthConfig healthcheck, List<String> onBuild,
        List<String> shell) {
    public static final ImageConfig EMPTY = new ImageConfig("", Map.of(), List.of(), List.of(), List.of(), Map.of(),
            "", Map.of(), "", null, List.of(), List.of());

    public ImageConfig {
        user = Absent.text(user);
        exposedPorts = Absent.map(exposedPorts);
        env = Absent.list(env);
        entrypoint = Absent.list(entrypoint);
        cmd = Absent.list(cmd);
        volumes = Absent.map(volumes);
        workingDir = Absent.text(workingDir);
        labels = Absent.map(labels);
        stopSignal = Absent.text(stopSignal);
        onBuild = Absent.list(onBuild);
        shell = Absent.list(shell);
    }
}
