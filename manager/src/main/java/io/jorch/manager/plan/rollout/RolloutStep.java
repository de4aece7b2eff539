package io.jorch.manager.plan.rollout;

import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;

/// Takes services to their target revision, batch by batch: a batch begins when the one before it is healthy or has
/// failed, and its failures have been counted.
public final class RolloutStep implements Step {
    @Override
    public void run(Planning planning) {
        for (Rollout rollout : planning.state().rollouts().all()) {
            Service service = planning.state().services().get(rollout.id());
            boolean over = rollout.state() == Rollout.State.COMPLETED
                    || rollout.state() == Rollout.State.ROLLBACK_COMPLETED;
            if (service != null && !service.removing() && !over && rollout.to() == service.target()) {
                new Rolling(planning, service, rollout).run();
            }
        }
    }
}
