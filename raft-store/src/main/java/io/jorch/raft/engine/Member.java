package io.jorch.raft.engine;

import java.util.Objects;

/// One member of the Raft group. The id is its identity for ever, the address an attribute of it.
///
/// @param id    node id. An id whose data was lost must not be used again: it could vote twice in one term
/// @param host  host name or IP literal the others reach it at
/// @param port  TCP port, 1–65535
/// @param voter false for a listener, which receives the log but does not count for the majority
public record Member(String id, String host, int port, boolean voter) {

    public Member {
        Objects.requireNonNull(id);
        Objects.requireNonNull(host);
        if (id.isBlank() || host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a member needs an id, a host and a port, not id='" + id + "' host='"
                    + host + "' port=" + port);
        }
    }

    public static Member voter(String id, String host, int port) {
        return new Member(id, host, port, true);
    }

    /// The same member with or without a vote.
    public Member withVote(boolean vote) {
        return new Member(id, host, port, vote);
    }

    /// `host:port`, an IPv6 literal in brackets.
    public String address() {
        return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }
}
