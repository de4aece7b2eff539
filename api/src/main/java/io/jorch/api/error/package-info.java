/// The one exception type of jorch and its codes. Start at [JorchException].
@org.jspecify.annotations.NullMarked
package io.jorch.api.error;
