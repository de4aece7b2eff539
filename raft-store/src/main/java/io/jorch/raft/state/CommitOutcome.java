package io.jorch.raft.state;

import org.jspecify.annotations.Nullable;

/// What became of a transaction.
public sealed interface CommitOutcome {
    /// It is on a majority's disks and applied here.
    record Committed(long index) implements CommitOutcome {
    }

    /// It was written, and every replica refused it alike: nothing of it was applied. Plan again.
    record Refused(Verdict.Reason reason, String detail) implements CommitOutcome {
    }

    /// It was not written: another member leads.
    ///
    /// @param hint the leader's id, as far as is known
    record NotLeader(@Nullable String hint) implements CommitOutcome {
    }

    /// It may or may not be applied, now or later: the user must be told so.
    record Unknown(String reason) implements CommitOutcome {
    }
}
