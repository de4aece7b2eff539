package io.jorch.raft.ratis;

import io.jorch.raft.engine.Outcome;
import java.util.concurrent.CompletableFuture;

/// One proposal of this process that has no outcome yet.
///
/// `place` is written once, by the thread that appends it to the log, under Ratis' lock of the log.
final class Proposal {

    static final long NO_PLACE = -1;

    final long callId;
    final long term;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile long place = NO_PLACE;

    Proposal(long callId, long term) {
        this.callId = callId;
        this.term = term;
    }

    /// From here on the entry may reach other members and so be applied, whatever happens to this one.
    void appendedAt(long index) {
        place = index;
    }

    boolean appended() {
        return place != NO_PLACE;
    }

    long place() {
        return place;
    }
}
