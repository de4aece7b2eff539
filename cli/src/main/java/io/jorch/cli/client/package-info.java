/// A client of the Engine API over its unix socket, small enough to start at once. Start at [EngineClient].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.client;
