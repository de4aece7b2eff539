/// The node's local volumes. Start at [Volumes].
@org.jspecify.annotations.NullMarked
package io.jorch.worker.volume;
