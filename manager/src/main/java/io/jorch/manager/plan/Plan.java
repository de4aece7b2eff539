package io.jorch.manager.plan;

import io.jorch.api.object.ImagePin;
import io.jorch.raft.state.Change;
import java.util.List;
import java.util.Map;

/// What a call of the planner answers.
///
/// @param changes in the order in which they are valid; to be cut into transactions of the allowed size
/// @param wakeAt when planning is due again though nothing happened (monotonic nanoseconds); [#NEVER]: not at all
/// @param fetch node id → images that it is to have before a rollout stops anything there
/// @param events for people: what was decided in the face of trouble, one line each
public record Plan(List<Change> changes, long wakeAt, Map<String, List<ImagePin>> fetch, List<String> events) {
    public static final long NEVER = Long.MAX_VALUE;

    public Plan {
        changes = List.copyOf(changes);
        fetch = Map.copyOf(fetch);
        events = List.copyOf(events);
    }
}
