package io.jorch.raft.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// A state machine that remembers every entry it was given, for tests. The apply thread writes; others read copies.
public final class Ledger implements StateMachine {

    private final NavigableMap<Long, String> entries = new ConcurrentSkipListMap<>();
    private final Map<Long, Long> hashes = new ConcurrentSkipListMap<>();
    private long hash;
    private volatile int restores;

    @Override
    public byte[] apply(long index, long term, byte[] entry) {
        String text = new String(entry, StandardCharsets.UTF_8);
        if (text.startsWith("poison")) {
            throw new IllegalStateException("this entry can't be applied");
        }
        entries.put(index, text);
        hash = hash * 31 + text.hashCode() + index;
        hashes.put(index, hash);
        return ("applied " + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void snapshot(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(entries.size());
        for (Map.Entry<Long, String> entry : entries.entrySet()) {
            data.writeLong(entry.getKey());
            data.writeUTF(entry.getValue());
        }
        data.writeLong(hash);
        data.flush();
    }

    @Override
    public void restore(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        Map<Long, String> read = new TreeMap<>();
        int count = data.readInt();
        for (int i = 0; i < count; i++) {
            long index = data.readLong();
            read.put(index, data.readUTF());
        }
        hash = data.readLong();
        entries.clear();
        entries.putAll(read);
        restores++;
    }

    /// In the order of the log.
    public List<String> entries() {
        return List.copyOf(entries.values());
    }

    /// By index.
    public Map<Long, String> byIndex() {
        return new TreeMap<>(entries);
    }

    /// The hash of the whole state after each index applied here (not those covered by a snapshot).
    public Map<Long, Long> hashes() {
        return Map.copyOf(hashes);
    }

    public int restores() {
        return restores;
    }
}
