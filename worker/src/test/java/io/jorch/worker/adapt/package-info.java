/// The worker on the real kernel.
@org.jspecify.annotations.NullMarked
package io.jorch.worker.adapt;
