/// From one revision of a service to another, batch by batch. Start at
/// [io.jorch.manager.plan.rollout.RolloutStep].
@NullMarked
package io.jorch.manager.plan.rollout;

import org.jspecify.annotations.NullMarked;
