/// The `jorch` command: a client of the Engine API, and under `daemon` the node itself. Where to start: `Main`.
@org.jspecify.annotations.NullMarked
package io.jorch.cli;
