/// Nodes that come, fall silent or are drained, and their tasks. Start at
/// [io.jorch.manager.plan.liveness.NodeLivenessStep].
@NullMarked
package io.jorch.manager.plan.liveness;

import org.jspecify.annotations.NullMarked;
