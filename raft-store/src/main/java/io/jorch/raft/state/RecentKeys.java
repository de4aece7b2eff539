package io.jorch.raft.state;

import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// The newest idempotency keys and the index at which each was applied. Immutable.
public final class RecentKeys {
    static final int KEPT = 1_000;
    static final RecentKeys EMPTY = new RecentKeys(TreePMap.empty(), TreePMap.empty());

    private final TreePMap<String, Long> indexByKey;
    private final TreePMap<Long, String> keyByIndex;

    private RecentKeys(TreePMap<String, Long> indexByKey, TreePMap<Long, String> keyByIndex) {
        this.indexByKey = indexByKey;
        this.keyByIndex = keyByIndex;
    }

    /// At which index the key's transaction was applied, or null when it wasn't, as far as is remembered.
    public @Nullable Long indexOf(String key) {
        return indexByKey.get(key);
    }

    /// Index → key, oldest first.
    public java.util.Map<Long, String> all() {
        return java.util.Collections.unmodifiableMap(keyByIndex);
    }

    RecentKeys plus(String key, long index) {
        if (key.isEmpty()) {
            return this;
        }
        TreePMap<String, Long> byKey = indexByKey.plus(key, index);
        TreePMap<Long, String> byIndex = keyByIndex.plus(index, key);
        if (byIndex.size() > KEPT) {
            Long oldest = byIndex.firstKey();
            byKey = byKey.minus(byIndex.get(oldest));
            byIndex = byIndex.minus(oldest);
        }
        return new RecentKeys(byKey, byIndex);
    }
}
