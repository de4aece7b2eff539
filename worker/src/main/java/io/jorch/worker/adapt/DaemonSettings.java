package io.jorch.worker.adapt;

import io.jorch.api.object.NodeDescription;
import io.jorch.net.NodeNetworkSettings;
import io.jorch.runtime.container.TaskDirectories;
import io.jorch.runtime.launch.LayerMode;
import io.jorch.worker.compose.NodeRules;
import java.nio.file.Path;
import java.util.function.Supplier;

/// @param nodeId 25 characters
/// @param shortNodeId what every name on the host carries, 4 to 6 characters
/// @param address what other nodes reach this one at
/// @param node `DATA/node`, where the journal is
/// @param volumes `DATA/volumes`
/// @param directories `DATA/tasks` and `RUN/shims`
/// @param description what the node is, asked for at each registration
/// @param bootId of the kernel that runs now
public record DaemonSettings(String nodeId, String shortNodeId, String address, Path node, Path volumes,
        TaskDirectories directories, NodeNetworkSettings network, LayerMode layerMode, NodeRules rules,
        Supplier<NodeDescription> description, String bootId) {
}
