package io.jorch.manager.plan.rollout;

import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Meta;
import io.jorch.api.object.Revision;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.spec.PortConfig;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.manager.plan.Modes;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.allocate.Attachments;
import io.jorch.raft.state.Change;
import io.jorch.raft.state.ClusterState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a service moves on to a new revision.
public final class RevisionHistory {
    private RevisionHistory() {
    }

    /// The service aimed at a new revision, and the rollout that takes its tasks there: one begins when a task must be
    /// replaced for it; one that stands in the way ends by that. What changes no task leaves a rollout as it is.
    ///
    /// @param origin `user`, `auto-update` or `rollback`
    /// @param previous what a later rollback returns to; null: nothing
    /// @param state of the new rollout
    public static List<Change> advance(ClusterState state, Service service, ServiceSpec spec, ImagePin image,
            String origin, @Nullable Long previous, Rollout.State rolloutState, String message, Now now) {
        Revision next = new Revision(newest(service) + 1, spec, image, now.wall(), origin, false);
        List<Revision> revisions = new ArrayList<>(service.revisions());
        revisions.add(next);
        Service aimed = service.aimedAt(trimmed(state, service, revisions, previous), next.number(), previous,
                ports(service, spec), now.wall());
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Put(aimed));
        Rollout before = state.rollouts().get(service.id());
        boolean dirty = state.tasksOfService(service.id()).stream()
                .anyMatch(task -> Tasks.wanted(task) && Revisions.dirty(aimed, task));
        boolean sameTemplate = !Revisions.differ(service.targetRevision(), next);
        if (before != null && sameTemplate && before.to() == service.target()) {
            changes.add(new Change.Put(before.towards(next.number(), now.wall())));
        } else if (dirty && !Modes.job(service) || rolloutState == Rollout.State.ROLLBACK_STARTED) {
            changes.add(new Change.Put(new Rollout(service.id(),
                    before == null ? Meta.created(now.wall()) : before.meta().touched(now.wall()),
                    rolloutState, from(service, origin, previous), next.number(), now.wall(), null, message, Map.of())));
        } else if (before != null) {
            changes.add(Change.Delete.of(before));
        }
        return changes;
    }

    /// What tasks are left as while an update to the new revision stands still: the last that worked.
    private static long from(Service service, String origin, @Nullable Long previous) {
        return origin.equals("rollback") || previous == null ? service.target() : previous;
    }

    /// The revision that was last known to work: a target that was never reached is not.
    public static @Nullable Long lastGood(ClusterState state, Service service) {
        Rollout rollout = state.rollouts().get(service.id());
        boolean reached = rollout == null || rollout.state() == Rollout.State.COMPLETED
                || rollout.state() == Rollout.State.ROLLBACK_COMPLETED;
        return reached ? Long.valueOf(service.target()) : service.previous();
    }

    /// The newest before the given one to which no rollout failed; null: there is none.
    public static @Nullable Long goodBefore(Service service, long number) {
        Revision at = service.revision(number);
        return service.revisions().stream()
                .filter(revision -> revision.number() < number && !revision.badDigest()
                        && !revision.origin().equals("rollback") && Revisions.differ(revision, at))
                .map(Revision::number).reduce((_, later) -> later).orElse(null);
    }

    private static long newest(Service service) {
        return service.revisions().isEmpty() ? 0 : service.revisions().getLast().number();
    }

    /// The newest ten, and those that tasks or the way back still point at.
    private static List<Revision> trimmed(ClusterState state, Service service, List<Revision> revisions,
            @Nullable Long previous) {
        Set<Long> used = new HashSet<>();
        state.tasksOfService(service.id()).stream().map(Task::revision).forEach(used::add);
        used.add(service.target());
        if (previous != null) {
            used.add(previous);
        }
        int surplus = revisions.size() - Service.HISTORY;
        List<Revision> kept = new ArrayList<>();
        for (int i = 0; i < revisions.size(); i++) {
            if (i >= surplus || used.contains(revisions.get(i).number())) {
                kept.add(revisions.get(i));
            }
        }
        return kept;
    }

    /// A port that was chosen stays chosen.
    public static List<PortConfig> ports(@Nullable Service service, ServiceSpec spec) {
        List<PortConfig> had = service == null ? List.of() : service.ports();
        return Attachments.ports(spec).stream().map(port -> port.publishedPort() != 0
                ? port
                : had.stream().filter(old -> old.targetPort() == port.targetPort() && old.onHost() == port.onHost()
                        && old.protocolOrDefault().equals(port.protocolOrDefault()))
                        .findFirst().map(old -> port.publishedAt(old.publishedPort())).orElse(port))
                .toList();
    }
}
