package io.jorch.worker.agent;

import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.Frame;
import io.jorch.api.message.ManagerMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A manager's end of a stream, in the test's hand. One thread only.
final class FakeStream implements PacedStream {
    final List<AgentMessage> sent = new ArrayList<>();
    boolean closed;
    long queued;
    private @Nullable Listener listener;

    @Override
    public void send(byte[] frame) {
        if (!closed) {
            sent.add(Frame.decodeAgent(frame));
        }
    }

    @Override
    public void listen(Listener newListener) {
        listener = newListener;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public long queuedBytes() {
        return queued;
    }

    void tell(ManagerMessage message) {
        tellBytes(Frame.encode(message));
    }

    void tellBytes(byte[] frame) {
        if (listener == null) {
            throw new IllegalStateException("nobody listens");
        }
        listener.onFrame(frame);
    }

    void breaks() {
        if (listener == null) {
            throw new IllegalStateException("nobody listens");
        }
        listener.onClosed("reset");
    }

    /// What was sent since the last call.
    List<AgentMessage> take() {
        List<AgentMessage> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }
}
