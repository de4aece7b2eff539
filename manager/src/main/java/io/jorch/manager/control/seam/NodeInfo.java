package io.jorch.manager.control.seam;

import io.jorch.api.docker.NodeFacts;
import io.jorch.api.docker.NodeView.ManagerStatus;
import io.jorch.api.docker.TlsInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this node's daemon knows of itself. Thread-safe; nothing here blocks.
public interface NodeInfo {
    NodeFacts facts();

    /// What this node is in the cluster, now.
    Membership membership();

    /// Node id → how that manager does, as far as is known here.
    Map<String, ManagerStatus> managers();

    /// The cluster's certificate authority, or null before there is one.
    @Nullable TlsInfo tlsInfo();

    /// @param nodeId empty before the node is part of a cluster
    /// @param address that others reach it at
    /// @param manager it is one, and can answer for the cluster
    /// @param error why the state is ERROR or PENDING; else empty
    record Membership(State state, String nodeId, String address, boolean manager, String error) {
        public static final Membership NONE = new Membership(State.INACTIVE, "", "", false, "");
    }

    /// Docker's `LocalNodeState`.
    enum State {
        INACTIVE, PENDING, ACTIVE, ERROR, LOCKED
    }
}
