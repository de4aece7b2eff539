/// Tests.
@org.jspecify.annotations.NullMarked
package io.jorch.worker.volume;
