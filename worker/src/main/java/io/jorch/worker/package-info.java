/// A worker: makes what it was assigned true on its node, and reports. Where to start: the `agent` package is the loop, `task`
/// the life of one task, a step per file.
@org.jspecify.annotations.NullMarked
package io.jorch.worker;
