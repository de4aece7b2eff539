package io.jorch.api.message;

/// One end of the stream between a worker and a manager, seen from either side: frames in order, each whole.
/// In one process it is a pair of queues, between machines a TLS connection; both carry [Frame]s.
public interface WorkerStream {
    /// Queues a frame; never blocks. Frames sent after [#close] are dropped.
    void send(byte[] frame);

    /// Called once, before any frame is delivered. Frames and the end are told one after another, never at once.
    void listen(Listener listener);

    void close();

    /// Receives from the other end.
    interface Listener {
        void onFrame(byte[] frame);

        /// @param reason `closed` for a clean end
        void onClosed(String reason);
    }
}
