package io.jorch.raft.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One member of one Raft group, running in this process.
///
/// Calls come from any thread and none of them blocks, [#close] excepted. Futures fail with a `JorchException`:
/// `UNAVAILABLE` (no leader, no majority, closed; try again later), `INVALID` or `CONFLICT` (the change itself can't be),
/// `UNKNOWN_OUTCOME` (a membership change whose end wasn't seen). Futures complete on engine threads: continue
/// elsewhere if you need time.
public interface RaftEngine extends AutoCloseable {

    /// Proposes an entry to **this** member only. It never travels to another leader and is never tried twice, so a plan
    /// made over old state can't slip in under a new leader. If this member doesn't lead in exactly `term`, or an
    /// entry's place in the log turns out to belong to another term, it is refused on every replica alike.
    ///
    /// @param term  the term of the [Leadership] that the proposal was planned in
    /// @param entry at most [EngineConfig#maxEntryBytes] bytes; the array must not be changed afterwards
    /// @return completes once applied here, or refused, or after [EngineConfig#requestTimeout] as `Unknown`; it fails
    ///         only with `INVALID` (too large)
    CompletableFuture<Outcome> propose(long term, byte[] entry);

    /// Who leads, as known now.
    Leadership leadership();

    /// Registers a listener; it is told the current leadership at once, then each change.
    Subscription onLeadership(LeadershipListener listener);

    /// A barrier for linearizable reads, on any member: when it completes, the local state holds everything that was
    /// acknowledged anywhere before this call, and a majority has confirmed the leader *after* this call.
    ///
    /// @return the index that the local state has reached at least
    CompletableFuture<Long> readIndex();

    /// The members of the newest configuration in the local log, voters first, each in the order of their ids. Empty for
    /// a joiner that nobody has added yet.
    List<Member> members();

    /// Adds a member that was started with an empty group. Answers when it has caught up and the change is committed.
    /// On the leader only, like all changes of membership; one at a time. A member whose address changes, or whose data is
    /// lost, is removed and joins again under a new id.
    CompletableFuture<Void> addMember(Member member);

    /// Takes a member out of the group, the leader included (it steps down). Its id must not come back with empty data.
    CompletableFuture<Void> removeMember(String id);

    /// Gives a listener its vote.
    CompletableFuture<Void> promote(String id);

    /// Turns a voter into a listener.
    CompletableFuture<Void> demote(String id);

    /// Makes another voter the leader. Completes when this member has seen the other lead.
    CompletableFuture<Void> transferLeadership(String id);

    /// Writes a snapshot now, so that the log before it can go.
    ///
    /// @return the index it stands for
    CompletableFuture<Long> snapshot();

    EngineStatus status();

    /// Stops this member; waits for its threads and files. Proposals still open end as `Unknown`. Idempotent.
    @Override
    void close();
}
