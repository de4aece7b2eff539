package io.jorch.worker.agent;

import io.jorch.api.message.WorkerStream;

/// A stream that can say how much waits to be written. Log lines are held back while it is much, so that they never
/// delay reports and heartbeats. Of a stream that can't say, nothing is held back.
public interface PacedStream extends WorkerStream {
    /// Bytes that were sent and not yet written. May be called by any thread.
    long queuedBytes();
}
