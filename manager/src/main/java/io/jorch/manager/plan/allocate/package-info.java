/// Addresses, ports and id ranges. Start at [io.jorch.manager.plan.allocate.ServiceAllocationStep].
@NullMarked
package io.jorch.manager.plan.allocate;

import org.jspecify.annotations.NullMarked;
