package io.jorch.manager.plan;

import io.jorch.api.object.NodeDescription;
import io.jorch.api.spec.GenericResource;
import io.jorch.api.spec.Platform;
import java.util.List;
import java.util.Map;

/// Nodes for scripts.
final class Simulations {
    private Simulations() {
    }

    static NodeDescription description(long cpus, String architecture, long gpus) {
        return new NodeDescription("host", new Platform(architecture, "linux"), cpus * 1_000_000_000L, 8L << 30,
                gpus == 0 ? List.of() : List.of(new GenericResource(new GenericResource.Discrete("gpu", gpus), null)),
                "1", Map.of(), List.of());
    }
}
