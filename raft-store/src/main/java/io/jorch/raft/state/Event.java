package io.jorch.raft.state;

import io.jorch.api.object.StoredObject;
import org.jspecify.annotations.Nullable;

/// One object's change, as it was committed.
///
/// @param before null: it was created
/// @param after null: it was removed
public record Event(long index, StoredObject.Kind kind, String id, @Nullable StoredObject before,
        @Nullable StoredObject after) {
}
