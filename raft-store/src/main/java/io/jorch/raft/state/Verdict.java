package io.jorch.raft.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What apply made of a transaction; the same on every replica.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "Verdict")
@JsonSubTypes({@JsonSubTypes.Type(value = Verdict.Accepted.class, name = "accepted"),
        @JsonSubTypes.Type(value = Verdict.Refused.class, name = "refused")})
public sealed interface Verdict {
    /// @param index of the entry that holds it: an earlier one when its key had been applied before
    record Accepted(long index) implements Verdict {
    }

    /// Nothing of it was applied.
    record Refused(Reason reason, String detail) implements Verdict {
    }

    enum Reason {
        /// Planned by the leader of another term.
        OTHER_TERM,
        /// An object changed since the plan was made.
        STALE_VERSION,
        /// A name, address, port or id range is taken.
        TAKEN,
        /// The entry can't be read, or it deletes what isn't there.
        MALFORMED
    }
}
