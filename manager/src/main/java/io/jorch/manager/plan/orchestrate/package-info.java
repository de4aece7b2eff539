/// How many tasks there are to be: replicated, global, jobs, and none for a removed service. Start at
/// [io.jorch.manager.plan.orchestrate.ReplicatedStep].
@NullMarked
package io.jorch.manager.plan.orchestrate;

import org.jspecify.annotations.NullMarked;
