package io.jorch.raft.engine;

import org.jspecify.annotations.Nullable;

/// Who leads, as this member sees it.
///
/// @param term   the current Raft term; it never goes down
/// @param leader id of the leader of that term, or null while there is none that this member knows of
/// @param role   what this member is in that term
/// @param ready  true only for a leader, once every entry of earlier terms has been applied here: from then on a plan
///               made over the local state is a plan over all that was ever acknowledged
public record Leadership(long term, @Nullable String leader, Role role, boolean ready) {

    public Leadership {
        if (ready && role != Role.LEADER) {
            throw new IllegalArgumentException("only a leader can be ready, not a " + role);
        }
    }

    /// Whether proposals of this term may be made here now.
    public boolean leads() {
        return ready;
    }
}
