package io.jorch.manager.control.seam;

import io.jorch.raft.state.EventLog;
import org.jspecify.annotations.Nullable;

/// Committed changes, in order, with those of the near past.
public interface EventSource {
    /// As [EventLog#watch]: the watcher is told on the apply thread and must not block. A list of no events means that
    /// the past was replaced by a snapshot: what lay between is not known.
    ///
    /// @param sinceIndex changes after it are told first; null: only new ones
    /// @return null when changes after that index have been forgotten
    EventLog.@Nullable Watch watch(@Nullable Long sinceIndex, EventLog.Watcher watcher);

    /// The index up to which changes have been forgotten: the least that [#watch] can go back to.
    long forgottenUpTo();
}
