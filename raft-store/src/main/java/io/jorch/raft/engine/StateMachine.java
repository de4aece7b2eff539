package io.jorch.raft.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What the engine drives. All three methods are called by one thread at a time (the apply thread owns the state), so
/// an implementation needs no locks; it must be deterministic: no clock, no randomness, no unordered iteration.
public interface StateMachine {

    /// Applies one committed entry. Called exactly once for each index between two [#restore]s, in the order of the log;
    /// indexes may have gaps (the engine has entries of its own). A thrown exception is a bug that would let replicas
    /// drift apart, so the engine stops. A business refusal is a result, not an exception.
    ///
    /// @param index place in the log
    /// @param term  term of the leader that proposed it
    /// @param entry the proposed bytes
    /// @return what the proposer is told; may be empty
    byte[] apply(long index, long term, byte[] entry);

    /// Writes the whole state as it is after the last applied entry. The engine closes the stream.
    ///
    /// @throws IOException from the stream; the snapshot is then given up and the log kept
    void snapshot(OutputStream out) throws IOException;

    /// Replaces the whole state by what [#snapshot] wrote, here or on another member. The engine closes the stream.
    ///
    /// @throws IOException if the bytes can't be read back; the engine then stops
    void restore(InputStream in) throws IOException;
}
