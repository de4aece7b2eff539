package io.jorch.worker;

import io.jorch.api.image.ImageConfig;
import io.jorch.api.json.Json;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.Endpoint;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.Platform;
import io.jorch.api.spec.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Specs written as their JSON, with single quotes for double ones.
public final class Samples {
    public static final String DIGEST = "sha256:" + "ab".repeat(32);
    public static final NodeDescription NODE = new NodeDescription("node-one", new Platform("x86_64", "linux"),
            2_000_000_000L, 4L << 30, List.of(), "0.1.0", Map.of(), List.of());

    private Samples() {
    }

    public static <T> T json(String text, Class<T> type) {
        return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type);
    }

    public static ContainerSpec container(String json) {
        return json("{'Image':'busybox:1'" + (json.isEmpty() ? "" : "," + json) + "}", ContainerSpec.class);
    }

    public static TaskSpec taskSpec(String containerJson, String taskJson) {
        return json("{'ContainerSpec':{'Image':'busybox:1'" + (containerJson.isEmpty() ? "" : "," + containerJson) + "}"
                + (taskJson.isEmpty() ? "" : "," + taskJson) + "}", TaskSpec.class);
    }

    public static ImageConfig image(String json) {
        return json("{" + json + "}", ImageConfig.class);
    }

    public static TaskAssignment task(String id, TaskState desired, TaskSpec spec) {
        return new TaskAssignment(id, "service1", "web", Map.of("tier", "front"), "web.1." + id, 1, desired,
                Endpoint.SERVING, spec, new ImagePin("busybox:1", DIGEST, List.of()), new IdRange(100_000, 65_536),
                List.of(), Map.of(), List.of(80));
    }

    public static TaskAssignment task(String id, TaskState desired) {
        return task(id, desired, taskSpec("", ""));
    }
}
