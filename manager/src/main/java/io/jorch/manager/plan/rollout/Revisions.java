package io.jorch.manager.plan.rollout;

import io.jorch.api.object.Revision;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.manager.plan.Planning;
import java.util.Objects;

/// Which revision a task is of, and whether it must be replaced for another.
public final class Revisions {
    private Revisions() {
    }

    /// Whether tasks of the two differ in what they are: the template, the image's bytes or the published ports.
    /// Replicas, labels and the way of updating make no difference.
    public static boolean differ(Revision one, Revision other) {
        return one.number() != other.number() && !(one.spec().taskTemplate().equals(other.spec().taskTemplate())
                && one.spec().attachments().equals(other.spec().attachments())
                && Objects.equals(one.spec().endpointSpec(), other.spec().endpointSpec())
                && sameImage(one, other));
    }

    private static boolean sameImage(Revision one, Revision other) {
        return one.image().digest().equals(other.image().digest());
    }

    /// The task is not what its service is to be now.
    public static boolean dirty(Service service, Task task) {
        return task.revision() != service.target()
                && differ(service.revision(task.revision()), service.targetRevision());
    }

    /// What tasks of new slots are to be: the target, but not while a rollout to it stands still because it failed.
    public static long forNewSlots(Planning planning, Service service) {
        Rollout rollout = planning.state().rollouts().get(service.id());
        boolean failed = rollout != null && rollout.to() == service.target()
                && rollout.state() == Rollout.State.PAUSED
                && rollout.slots().values().stream().anyMatch(slot -> slot.outcome() == Rollout.Outcome.FAILED);
        return failed && service.has(rollout.from()) ? rollout.from() : service.target();
    }

    /// What replaces a task that ended: the target, unless the task is one that a rollout has still to replace. So a
    /// crash never moves a slot on ahead of its batch.
    public static long forReplacement(Service service, Task task) {
        return dirty(service, task) ? task.revision() : service.target();
    }
}
