/// The replicated state: immutable tables, the transactions that change them, and the store that keeps both in step with
/// the Raft log. Knows no Raft engine.
///
/// Where to start: [ClusterState] is what planners read, [Transaction] is what they answer, [Store] is where both meet.
@org.jspecify.annotations.NullMarked
package io.jorch.raft.state;
