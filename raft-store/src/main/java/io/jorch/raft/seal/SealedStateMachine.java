package io.jorch.raft.seal;

import io.jorch.raft.engine.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Opens what the engine brings and seals what it takes away.
final class SealedStateMachine implements StateMachine {

    private final StateMachine machine;
    private final EntrySeal entries;
    private final SnapshotSeal snapshots;

    SealedStateMachine(StateMachine machine, EntrySeal entries, SnapshotSeal snapshots) {
        this.machine = machine;
        this.entries = entries;
        this.snapshots = snapshots;
    }

    @Override
    public byte[] apply(long index, long term, byte[] entry) {
        return machine.apply(index, term, entries.open(term, entry));
    }

    @Override
    public void snapshot(OutputStream out) throws IOException {
        try (OutputStream sealed = snapshots.seal(out)) {
            machine.snapshot(sealed);
        }
    }

    /// Reads to the end, so that a snapshot that was cut off or lengthened is never taken for whole.
    @Override
    public void restore(InputStream in) throws IOException {
        InputStream opened = snapshots.open(in);
        machine.restore(opened);
        opened.transferTo(OutputStream.nullOutputStream());
    }
}
