/// Looks at the log before the engine opens it.
///
/// A power cut can leave the end of the last log file half written. Ratis takes a record that is cut short for the end,
/// but refuses to start on a file that was preallocated with zeros and only partly overwritten; and it also takes a record
/// whose *length* was damaged for the end, dropping all that follows. [TailCheck] tells these apart: it cuts what can't
/// have been acknowledged and refuses everything else, naming the place. [ForceNewCluster] is the way out for a cluster
/// that has lost its log or its majority.
///
/// The format (Ratis 3.3, `SegmentedRaftLogOutputStream`, `Raft.proto`): `current/log_FIRST-LAST` are closed files,
/// `current/log_inprogress_FIRST` the open one; each begins with `RaftLog1`; a record is the length of the entry as a
/// varint, the entry (protobuf `LogEntryProto`), and the CRC-32C of both (4 bytes, big endian); zeros follow.
@org.jspecify.annotations.NullMarked
package io.jorch.raft.tail;
