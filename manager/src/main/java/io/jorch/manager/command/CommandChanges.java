package io.jorch.manager.command;

import io.jorch.api.object.StoredObject;
import io.jorch.raft.state.Change;
import java.util.List;

/// What a wish changes.
///
/// @param changes to be committed together; empty: everything is so already
/// @param id of the object that the wish is about
/// @param warnings for the user
public record CommandChanges(List<Change> changes, String id, List<String> warnings) {
    public CommandChanges {
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }

    static CommandChanges put(StoredObject object) {
        return new CommandChanges(List.of(new Change.Put(object)), object.id(), List.of());
    }

    CommandChanges warning(List<String> newWarnings) {
        return new CommandChanges(changes, id, newWarnings);
    }
}
