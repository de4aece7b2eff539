package io.jorch.manager.control.seam;

import io.jorch.api.image.ImageService;
import io.jorch.manager.command.CommandPort;
import java.time.InstantSource;

/// All that the control API stands on.
///
/// @param images of this node
/// @param clock for `until`, relative times and events of this node
public record Parts(ClusterReader cluster, CommandPort commands, EventSource events, LogSource logs,
        ImageService images, RegistryLogin login, CredentialKeeper credentials, NodeInfo node,
        SwarmLifecycle lifecycle, InstantSource clock) {
}
