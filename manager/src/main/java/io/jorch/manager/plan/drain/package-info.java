/// A task leaves every balancer before it is told to stop. Start at
/// [io.jorch.manager.plan.drain.Stopping].
@NullMarked
package io.jorch.manager.plan.drain;

import org.jspecify.annotations.NullMarked;
