package io.jorch.worker.agent;

import io.jorch.api.object.NodeDescription;
import java.util.function.Supplier;

/// @param nodeId 25 characters
/// @param address what other nodes reach this one at
/// @param description what the node is, asked for at each registration
/// @param bootId of the kernel that runs now
public record AgentSettings(String nodeId, String address, Supplier<NodeDescription> description, String bootId) {
}
