package io.jorch.manager.control.seam;

import io.jorch.api.object.TaskStatus;
import io.jorch.raft.state.ClusterState;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Where answers about the cluster come from. Thread-safe; nothing here blocks.
public interface ClusterReader {
    /// The newest state known here; it may be behind the leader's.
    ClusterState current();

    /// A state that holds everything that was acknowledged anywhere before the call; fails with UNAVAILABLE when no
    /// majority can be asked.
    CompletableFuture<ClusterState> linearizable();

    /// Task id → newest status of tasks whose state is not committed (PREPARING, STARTING …): the leader's memory.
    /// Empty on another member.
    Map<String, TaskStatus> fleeting();
}
