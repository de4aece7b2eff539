package io.jorch.raft.state;

/// How entries and snapshots are made unreadable at rest: with the cluster's data key. An implementation authenticates
/// what it opens.
public interface Sealing {
    byte[] seal(byte[] plain);

    /// @throws io.jorch.api.error.JorchException CORRUPT when the bytes are not what was sealed with this key
    byte[] open(byte[] sealed);
}
