package io.jorch.raft.engine;

/// What a member is at the moment. A listener holds the log but has no vote; a stopped engine is none of the others.
public enum Role {
    LEADER, FOLLOWER, CANDIDATE, LISTENER, STOPPED
}
