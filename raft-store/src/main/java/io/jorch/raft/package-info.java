/// The replicated store: Raft below, the cluster's state above.
///
/// `engine` is the seam (bytes only), `ratis` the engine behind it, `seal` what keeps entries and snapshots unreadable on
/// disk, `tail` what looks at a log before the engine opens it, `state` the cluster's tables and transactions.
@org.jspecify.annotations.NullMarked
package io.jorch.raft;
