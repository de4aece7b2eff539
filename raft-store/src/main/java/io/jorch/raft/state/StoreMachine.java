package io.jorch.raft.state;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import io.jorch.raft.engine.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the Raft engine drives: reads each entry, applies it and publishes the next state. Owned by the apply thread;
/// everybody else reads [#state].
public final class StoreMachine implements StateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(StoreMachine.class);

    private final EventLog events = new EventLog();
    private volatile ClusterState state = ClusterState.EMPTY;

    public ClusterState state() {
        return state;
    }

    public EventLog events() {
        return events;
    }

    @Override
    public byte[] apply(long index, long term, byte[] entry) {
        Transaction transaction;
        try {
            transaction = EntryCodec.decode(entry);
        } catch (JorchException unreadable) {
            if (unreadable.code() == ErrorCode.INVALID) {
                // Every replica reads the same bytes and so refuses alike.
                LOG.error("event=entry-refused index={} error=\"{}\"", index, unreadable.getMessage());
                state = state.at(index, state.keys());
                return Json.write(new Verdict.Refused(Verdict.Reason.MALFORMED, unreadable.getMessage()));
            }
            throw unreadable;
        }
        Applied applied = Applied.apply(state, index, term, transaction);
        state = applied.state();
        if (!applied.events().isEmpty()) {
            events.append(applied.events(), applied.state());
        }
        return Json.write(applied.verdict());
    }

    @Override
    public void snapshot(OutputStream out) throws IOException {
        out.write(SnapshotCodec.encode(state));
    }

    @Override
    public void restore(InputStream in) throws IOException {
        ClusterState restored = SnapshotCodec.decode(in.readAllBytes());
        events.reset(restored.index());
        state = restored;
        events.append(List.of(), restored);
    }
}
