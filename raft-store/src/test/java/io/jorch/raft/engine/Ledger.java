package io.jorch.raft.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// A state machine that remembers every entry it was given, for tests. The apply thread writes; others read copies.
public final class Ledger implements StateMachine {

    private final List<String> entries = new ArrayList<>();
    private final Map<Long, Long> hashes = new ConcurrentSkipListMap<>();
    private long hash;
    private volatile int restores;

    @Override
    public byte[] apply(long index, long term, byte[] entry) {
        String text = new String(entry, StandardCharsets.UTF_8);
        if (text.startsWith("poison")) {
            throw new IllegalStateException("this entry can't be applied");
        }
        synchronized (entries) {
            entries.add(text);
        }
        hash = hash * 31 + text.hashCode() + index;
        hashes.put(index, hash);
        return ("applied " + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void snapshot(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        List<String> copy = entries();
        data.writeInt(copy.size());
        for (String entry : copy) {
            data.writeUTF(entry);
        }
        data.writeLong(hash);
        data.flush();
    }

    @Override
    public void restore(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        List<String> read = new ArrayList<>();
        int count = data.readInt();
        for (int i = 0; i < count; i++) {
            read.add(data.readUTF());
        }
        hash = data.readLong();
        synchronized (entries) {
            entries.clear();
            entries.addAll(read);
        }
        restores++;
    }

    /// In the order of the log.
    public List<String> entries() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }

    /// The hash of the whole state after each index applied here (not those covered by a snapshot).
    public Map<Long, Long> hashes() {
        return Map.copyOf(hashes);
    }

    public int restores() {
        return restores;
    }
}
