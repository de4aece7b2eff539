package io.jorch.raft.ratis;

import io.jorch.raft.engine.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What becomes of this process's proposals.
///
/// Ratis answers "not the leader" alike for a request that it never took and for one that is in the log and may yet be
/// committed by the next leader. The difference is all that matters here, so it is kept per proposal: one without a place
/// in the log is refused for certain. One with a place becomes an *orphan* when its leader falls: its fate shows when the
/// apply thread passes that place, with this entry or with another one. Only what never shows in time ends as `Unknown`.
final class Proposals {

    private final Map<Long, Proposal> open = new ConcurrentHashMap<>();
    private final Set<Proposal> orphans = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextCall = new AtomicLong(1);
    private final Duration patience;
    private final Supplier<@Nullable String> leader;
    private final LongSupplier applied;

    /// @param patience after this a proposal without an outcome is answered `Unknown`
    /// @param leader   id of the leader as far as known, for hints
    /// @param applied  index that the apply thread has finished
    Proposals(Duration patience, Supplier<@Nullable String> leader, LongSupplier applied) {
        this.patience = patience;
        this.leader = leader;
        this.applied = applied;
    }

    Proposal open(long term) {
        Proposal proposal = new Proposal(nextCall.getAndIncrement(), term);
        open.put(proposal.callId, proposal);
        proposal.outcome.whenComplete((outcome, failure) -> {
            open.remove(proposal.callId);
            orphans.remove(proposal);
        });
        proposal.outcome.completeOnTimeout(
                new Outcome.Unknown("no majority confirmed the entry within " + patience.toMillis() + " ms"),
                patience.toMillis(), TimeUnit.MILLISECONDS);
        return proposal;
    }

    @Nullable Proposal find(long callId) {
        return open.get(callId);
    }

    /// The apply thread applied the entry, or refused it because of its term.
    void applied(long callId, long index, byte @Nullable [] result) {
        Proposal proposal = open.get(callId);
        if (proposal != null) {
            proposal.outcome.complete(result == null ? refusal() : new Outcome.Applied(index, result));
        }
    }

    /// The apply thread is done with `index`: an orphan whose place that was, or was before, lost it to another entry.
    void passed(long index) {
        if (!orphans.isEmpty()) {
            for (Proposal orphan : orphans) {
                if (orphan.place() <= index) {
                    orphan.outcome.complete(refusal());
                }
            }
        }
    }

    /// The state jumped over all entries up to `index`; which ones they were can't be known any more.
    void skipped(long index) {
        for (Proposal proposal : open.values()) {
            if (proposal.appended() && proposal.place() <= index) {
                proposal.outcome.complete(new Outcome.Unknown("a snapshot replaced the entry's part of the log"));
            }
        }
    }

    /// Ratis gave the request up.
    void failed(Proposal proposal) {
        if (!proposal.appended()) {
            proposal.outcome.complete(refusal());
            return;
        }
        orphans.add(proposal);
        // The apply thread answers a proposal before it counts its entry as applied, so nothing can slip through here.
        if (applied.getAsLong() >= proposal.place()) {
            proposal.outcome.complete(refusal());
        }
        if (proposal.outcome.isDone()) {
            orphans.remove(proposal);
        }
    }

    /// The engine stops: nothing will be seen of the open ones any more.
    void close() {
        for (Proposal proposal : open.values()) {
            proposal.outcome.complete(proposal.appended()
                    ? new Outcome.Unknown("this member stopped before the entry was applied")
                    : new Outcome.NotLeader(null));
        }
    }

    Outcome refusal() {
        return new Outcome.NotLeader(leader.get());
    }
}
