package io.jorch.raft.engine;

import org.jspecify.annotations.Nullable;

/// What became of a proposal. Three answers and no more: whoever proposes must handle each of them.
public sealed interface Outcome {

    /// The entry is committed on a majority, on their disks, and applied here.
    ///
    /// @param index  its place in the log, greater than that of every entry applied before
    /// @param result what [StateMachine#apply] answered
    record Applied(long index, byte[] result) implements Outcome {
    }

    /// The entry was **not** applied and never will be: this member does not lead, or leads in another term than the
    /// proposal was planned for.
    ///
    /// @param hint id of the member that leads as far as is known here, or null
    record NotLeader(@Nullable String hint) implements Outcome {
    }

    /// The entry may or may not be applied, now or later (the leader lost its place, or time ran out, with the entry in
    /// the log). It must reach the user as such and never be tried again blindly.
    ///
    /// @param reason one line for people
    record Unknown(String reason) implements Outcome {
    }
}
