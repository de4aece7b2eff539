/// What is over is removed. Start at [io.jorch.manager.plan.reap.ReapStep].
@NullMarked
package io.jorch.manager.plan.reap;

import org.jspecify.annotations.NullMarked;
