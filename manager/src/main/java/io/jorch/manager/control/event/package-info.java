/// Events in Docker's words: what the cluster committed, and what this node's images went through. Start at
/// [EventStream].
@org.jspecify.annotations.NullMarked
package io.jorch.manager.control.event;
