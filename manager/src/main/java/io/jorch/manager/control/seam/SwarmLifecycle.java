package io.jorch.manager.control.seam;

import io.jorch.api.docker.SwarmInitRequest;

/// Makes this node part of a cluster, and takes it out again. Both block until it is done.
public interface SwarmLifecycle {
    /// Begins a cluster of which this node is the first manager.
    ///
    /// @return the node's id
    /// @throws io.jorch.api.error.JorchException UNAVAILABLE when it is part of one already; INVALID
    String init(SwarmInitRequest request) throws InterruptedException;

    /// @param force also as the last manager: the cluster's state is lost
    /// @throws io.jorch.api.error.JorchException UNAVAILABLE when it is part of none; CONFLICT when `force` is needed
    void leave(boolean force) throws InterruptedException;
}
