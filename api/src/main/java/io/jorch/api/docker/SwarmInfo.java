package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `Swarm` part of `GET /info`: what this node is in the cluster.
///
/// @param localNodeState `inactive`, `pending`, `active`, `error`, `locked`
/// @param controlAvailable it is a manager that can answer for the cluster
/// @param error why the state is `error` or `pending`
/// @param cluster only on a manager
public record SwarmInfo(@JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("NodeID") String nodeId,
        @JsonInclude(JsonInclude.Include.ALWAYS) String nodeAddr, String localNodeState, boolean controlAvailable,
        @JsonInclude(JsonInclude.Include.ALWAYS) String error,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable List<PeerNode> remoteManagers, @Nullable Integer nodes,
        @Nullable Integer managers, @Nullable SwarmView cluster) {
    public SwarmInfo {
        nodeId = Absent.text(nodeId);
        nodeAddr = Absent.text(nodeAddr);
        error = Absent.text(error);
    }

    /// @param addr `host:port`
    public record PeerNode(@JsonProperty("NodeID") String nodeId, String addr) {
    }
}
