/// Apache Ratis behind the seam; the only package that sees it.
///
/// Start at [RatisEngine]. [ReplicatedMachine] is the side that Ratis calls, [Proposals] knows what became of each
/// proposal, [ReadIndex] makes reads linearizable, [LeadershipWatch] tells who leads, [RatisSettings] holds every
/// setting with its reason, [SnapshotFiles] the snapshots on disk.
@org.jspecify.annotations.NullMarked
package io.jorch.raft.ratis;
