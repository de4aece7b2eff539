/// The leader: one thread that takes wishes and reports, plans, and commits. Start at [LeaderLoop].
@org.jspecify.annotations.NullMarked
package io.jorch.manager.leader;
