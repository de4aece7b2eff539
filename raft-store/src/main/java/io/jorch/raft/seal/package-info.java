/// Keeps what Raft writes to disk unreadable: entries and snapshots are sealed with the cluster's data key
/// (AES-256-GCM), and each manager holds the data keys wrapped by a key of its own.
///
/// Start at [SealedEngine], which goes around any engine of the seam. [DataKeys] are the keys, [KeyFile] keeps them on
/// disk, [EntrySeal] and [SnapshotSeal] are the two formats.
@org.jspecify.annotations.NullMarked
package io.jorch.raft.seal;
