package io.jorch.raft.state;

import io.jorch.api.object.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies transactions to states: pure, without clock, randomness or unordered iteration, so equal on every replica.
///
/// @param state the next state; the same tables as before when the verdict is a refusal
/// @param events what changed, in order; empty when refused
public record Applied(ClusterState state, Verdict verdict, List<Event> events) {

    /// @param index of the Raft entry
    /// @param term of the leader that wrote the entry
    public static Applied apply(ClusterState state, long index, long term, Transaction transaction) {
        if (transaction.term() != term) {
            return refuse(state, index, Verdict.Reason.OTHER_TERM,
                    "planned in term " + transaction.term() + ", written in term " + term);
        }
        Long before = transaction.key().isEmpty() ? null : state.keys().indexOf(transaction.key());
        if (before != null) {
            return new Applied(state.at(index, state.keys()), new Verdict.Accepted(before), List.of());
        }
        ClusterState next = state;
        List<Event> events = new ArrayList<>();
        for (Change change : transaction.changes()) {
            @Nullable StoredObject old = next.get(change.kind(), change.id());
            Verdict.@Nullable Refused refused = check(next, old, change);
            if (refused != null) {
                return refuse(state, index, refused.reason(), refused.detail());
            }
            @Nullable StoredObject stored = switch (change) {
                case Change.Put put -> put.object().stamped(index);
                case Change.Delete _ -> null;
            };
            next = stored == null ? next.remove(old) : next.put(stored);
            events.add(new Event(index, change.kind(), change.id(), old, stored));
        }
        return new Applied(next.at(index, state.keys().plus(transaction.key(), index)), new Verdict.Accepted(index),
                List.copyOf(events));
    }

    private static Verdict.@Nullable Refused check(ClusterState state, @Nullable StoredObject old, Change change) {
        long expected = switch (change) {
            case Change.Put put -> put.object().meta().version();
            case Change.Delete delete -> delete.version();
        };
        long actual = old == null ? 0 : old.meta().version();
        if (expected != actual) {
            return new Verdict.Refused(Verdict.Reason.STALE_VERSION, change.kind() + " " + change.id()
                    + " is at version " + actual + ", the change was made over version " + expected);
        }
        return switch (change) {
            case Change.Put put -> taken(state, put.object());
            case Change.Delete _ -> old == null
                    ? new Verdict.Refused(Verdict.Reason.MALFORMED, change.kind() + " " + change.id() + " isn't there")
                    : null;
        };
    }

    private static Verdict.@Nullable Refused taken(ClusterState state, StoredObject object) {
        for (String claim : Indexes.claims(object)) {
            String holder = state.holderOf(claim);
            if (holder != null && !holder.equals(object.id())) {
                return new Verdict.Refused(Verdict.Reason.TAKEN, claim + " is taken by " + holder);
            }
        }
        return null;
    }

    private static Applied refuse(ClusterState state, long index, Verdict.Reason reason, String detail) {
        return new Applied(state.at(index, state.keys()), new Verdict.Refused(reason, detail), List.of());
    }
}
