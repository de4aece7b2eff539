package io.jorch.api.object;

import io.jorch.api.json.Absent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far a service's move to a revision has come. Stays after its end, until the next begins.
///
/// @param id the service's id
/// @param from,to revisions
/// @param slots slot key → how the new task fared; a slot not in it has not been touched
/// @param message for people: why it paused or was rolled back
public record Rollout(String id, Meta meta, State state, long from, long to, Instant startedAt,
        @Nullable Instant completedAt, String message, Map<String, Slot> slots) implements StoredObject {
    public Rollout {
        id = Absent.text(id);
        message = Absent.text(message);
        slots = Absent.map(slots);
    }

    @Override
    public Rollout stamped(long index) {
        return new Rollout(id, meta.at(index), state, from, to, startedAt, completedAt, message, slots);
    }

    /// The same rollout, to a revision whose tasks are no different.
    public Rollout towards(long newTo, Instant now) {
        return new Rollout(id, meta.touched(now), state, from, newTo, startedAt, completedAt, message, slots);
    }

    /// @param ended sets `completedAt`
    public Rollout withState(State newState, String newMessage, boolean ended, Instant now) {
        return new Rollout(id, meta.touched(now), newState, from, to, startedAt, ended ? now : null, newMessage,
                slots);
    }

    public Rollout withSlots(Map<String, Slot> newSlots, Instant now) {
        return new Rollout(id, meta.touched(now), state, from, to, startedAt, completedAt, message, newSlots);
    }

    /// Docker's `UpdateStatus.State`.
    public enum State {
        UPDATING, PAUSED, COMPLETED, ROLLBACK_STARTED, ROLLBACK_PAUSED, ROLLBACK_COMPLETED;

        public boolean active() {
            return this == UPDATING || this == ROLLBACK_STARTED;
        }

        public boolean rollback() {
            return this == ROLLBACK_STARTED || this == ROLLBACK_PAUSED || this == ROLLBACK_COMPLETED;
        }
    }

    /// @param batch which batch it was part of, from 1
    /// @param outcome of the newest task tried there
    public record Slot(int batch, Outcome outcome) {
    }

    public enum Outcome {
        RUNNING, DONE, FAILED
    }
}
