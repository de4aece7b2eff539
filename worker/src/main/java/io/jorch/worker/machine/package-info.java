/// What a node says of itself. Start at [MachineReport].
@org.jspecify.annotations.NullMarked
package io.jorch.worker.machine;
