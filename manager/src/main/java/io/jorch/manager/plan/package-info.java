/// The pure planner: from the state, what only the leader knows, and the time, to the changes that bring the state
/// nearer to what users wish. It does no I/O and reads no clock. Start at [io.jorch.manager.plan.Planner]; each step is
/// a class of a sub-package, listed there in the order in which it runs.
@NullMarked
package io.jorch.manager.plan;

import org.jspecify.annotations.NullMarked;
