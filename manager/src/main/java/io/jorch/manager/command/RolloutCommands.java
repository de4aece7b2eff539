package io.jorch.manager.command;

import io.jorch.api.error.JorchException;
import io.jorch.api.object.Revision;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.rollout.RevisionHistory;
import io.jorch.manager.plan.rollout.Revisions;
import io.jorch.raft.state.Change;
import io.jorch.raft.state.ClusterState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rollouts: begun by a new digest, stopped by hand, let go on.
final class RolloutCommands {
    private RolloutCommands() {
    }

    static CommandChanges followDigest(Command.FollowDigest command, ClusterState state, Now now) {
        Service service = ServiceCommands.find(state, command.serviceId());
        Revision target = service.targetRevision();
        String digest = command.image().digest();
        if (digest.isEmpty() || digest.equals(target.image().digest())) {
            return new CommandChanges(List.of(), service.id(), List.of());
        }
        if (service.revisions().stream()
                .anyMatch(revision -> revision.badDigest() && revision.image().digest().equals(digest))) {
            return new CommandChanges(List.of(), service.id(), List.of(
                    "digest " + digest + " is not followed: an earlier rollout of service " + service.name()
                            + " to it failed; update the service by hand to try it again"));
        }
        return new CommandChanges(RevisionHistory.advance(state, service, service.spec(), command.image(),
                "auto-update", RevisionHistory.lastGood(state, service), Rollout.State.UPDATING,
                "update in progress: the image's tag has a new digest", now), service.id(), List.of());
    }

    /// A rollout that goes on forgets its failures: their slots are judged, or tried, again.
    static CommandChanges pause(Command.PauseRollout command, ClusterState state, Now now) {
        Service service = ServiceCommands.find(state, command.serviceId());
        Rollout rollout = state.rollouts().get(service.id());
        if (rollout == null || rollout.state() == Rollout.State.COMPLETED
                || rollout.state() == Rollout.State.ROLLBACK_COMPLETED) {
            throw JorchException.conflict("service " + service.name() + " has no rollout under way");
        }
        if (rollout.state().active() != command.paused()) {
            return new CommandChanges(List.of(), service.id(), List.of());
        }
        boolean rollback = rollout.state().rollback();
        Rollout next;
        if (command.paused()) {
            next = rollout.withState(rollback ? Rollout.State.ROLLBACK_PAUSED : Rollout.State.PAUSED,
                    (rollback ? "rollback" : "update") + " paused by hand", false, now.wall());
        } else {
            Map<String, Rollout.Slot> slots = new LinkedHashMap<>(rollout.slots());
            slots.replaceAll((key, slot) -> slot.outcome() == Rollout.Outcome.FAILED
                    ? new Rollout.Slot(slot.batch(), Rollout.Outcome.RUNNING)
                    : slot);
            slots.entrySet().removeIf(slot -> slot.getValue().outcome() == Rollout.Outcome.RUNNING
                    && !begun(state, service, slot.getKey()));
            next = rollout.withSlots(slots, now.wall()).withState(
                    rollback ? Rollout.State.ROLLBACK_STARTED : Rollout.State.UPDATING,
                    (rollback ? "rollback" : "update") + " in progress", false, now.wall());
        }
        return new CommandChanges(List.of(new Change.Put(next)), service.id(), List.of());
    }

    private static boolean begun(ClusterState state, Service service, String slotKey) {
        return state.tasksOfService(service.id()).stream().anyMatch(task -> task.slotKey().equals(slotKey)
                && Tasks.wanted(task) && !Revisions.dirty(service, task));
    }
}
