package io.jorch.raft.engine;

import java.time.Duration;
import java.util.Map;

/// A look at an engine, for `info`, `/metrics` and support; not a base for decisions.
///
/// @param id        this member's node id
/// @param leadership who leads
/// @param lastIndex index of the last entry in the local log, −1 if none
/// @param committed index up to which entries are known here to be committed, −1 if none
/// @param applied   index up to which entries are applied here, −1 if none
/// @param snapshot  index of the newest local snapshot, −1 if none
/// @param followers on the leader: how far each other member is; empty elsewhere
public record EngineStatus(String id, Leadership leadership, long lastIndex, long committed, long applied,
        long snapshot, Map<String, Follower> followers) {

    public EngineStatus {
        followers = Map.copyOf(followers);
    }

    /// @param matched     last index known to be on that member's disk, −1 if unknown
    /// @param lastContact time since it last answered
    public record Follower(long matched, Duration lastContact) {
    }
}
