package io.jorch.api.object;

import io.jorch.api.json.Absent;

/// @param message why, for a node that is not ready
public record NodeStatus(State state, String message) {
    public NodeStatus {
        message = Absent.text(message);
    }

    /// Docker's node states.
    public enum State {
        UNKNOWN, DOWN, READY, DISCONNECTED
    }

    public boolean ready() {
        return state == State.READY;
    }
}
