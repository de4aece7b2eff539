package io.jorch.manager.plan.rollout;

import io.jorch.api.object.Revision;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.spec.UpdateConfig;
import io.jorch.manager.plan.Planning;
import io.jorch.raft.state.Change;
import java.util.List;

/// What follows when too many slots of a rollout failed. The revision is marked, so that its digest is not followed
/// again by itself.
final class RolloutFailure {
    private final Planning planning;
    private final Service service;
    private final UpdateConfig config;

    RolloutFailure(Planning planning, Service service, UpdateConfig config) {
        this.planning = planning;
        this.service = service;
        this.config = config;
    }

    /// @param rollout with the outcomes that are too many
    void act(Rollout rollout, String failure) {
        List<Revision> marked = service.revisions().stream()
                .map(revision -> revision.number() == rollout.to() ? revision.bad() : revision).toList();
        Service bad = service.withRevisions(marked, planning.now().wall());
        planning.put(bad);
        Long previous = bad.previous();
        boolean back = !rollout.state().rollback() && config.failureAction().equals("rollback");
        if (back && previous != null && bad.has(previous)) {
            rollBack(bad, bad.revision(previous), "update rolled back due to " + failure);
            return;
        }
        String message = words(rollout) + " paused due to " + failure
                + (back ? "; there is no earlier revision to roll back to" : "");
        planning.put(rollout.withState(
                rollout.state().rollback() ? Rollout.State.ROLLBACK_PAUSED : Rollout.State.PAUSED, message, false,
                planning.now().wall()));
        planning.event("service " + service.name() + ": " + message);
    }

    private void rollBack(Service bad, Revision old, String message) {
        for (Change change : RevisionHistory.advance(planning.state(), bad, old.spec(), old.image(), "rollback",
                RevisionHistory.goodBefore(bad, old.number()), Rollout.State.ROLLBACK_STARTED, message,
                planning.now())) {
            switch (change) {
                case Change.Put put -> planning.put(put.object());
                case Change.Delete delete -> throw new IllegalStateException("a rollback deletes nothing: " + delete);
            }
        }
        planning.event("service " + service.name() + ": " + message);
    }

    private static String words(Rollout rollout) {
        return rollout.state().rollback() ? "rollback" : "update";
    }
}
