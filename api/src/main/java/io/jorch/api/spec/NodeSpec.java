package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.Map;

/// Docker's `NodeSpec`.
///
/// @param role `worker` or `manager`
/// @param availability `active`, `pause` or `drain`
public record NodeSpec(String name, Map<String, String> labels, String role, String availability) {
    public NodeSpec {
        name = Absent.text(name);
        labels = Absent.map(labels);
        role = Absent.text(role);
        availability = Absent.text(availability);
    }

    public NodeSpec withAvailability(String newAvailability) {
        return new NodeSpec(name, labels, role, newAvailability);
    }
}
