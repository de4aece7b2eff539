package io.jorch.api.object;

import io.jorch.api.json.Absent;
import java.time.Instant;
import java.util.List;

/// How often a slot was restarted: kept in state, so that a change of leader forgets nothing.
///
/// @param id `serviceId/slotKey`
/// @param revision of the tasks that were restarted; a new one starts at zero
/// @param restarts the times that still count, oldest first
public record RestartHistory(String id, Meta meta, String serviceId, long revision, List<Instant> restarts,
        long total) implements StoredObject {
    public RestartHistory {
        id = Absent.text(id);
        serviceId = Absent.text(serviceId);
        restarts = Absent.list(restarts);
    }

    @Override
    public RestartHistory stamped(long index) {
        return new RestartHistory(id, meta.at(index), serviceId, revision, restarts, total);
    }
}
