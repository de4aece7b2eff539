package io.jorch.raft.state;

import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// From a key to the ids that have it, both in order. Immutable.
public final class Index {
    static final Index EMPTY = new Index(TreePMap.empty());

    private final TreePMap<String, TreePSet<String>> entries;

    private Index(TreePMap<String, TreePSet<String>> entries) {
        this.entries = entries;
    }

    public Set<String> get(String key) {
        TreePSet<String> ids = entries.get(key);
        return ids == null ? Set.of() : Collections.unmodifiableSet(ids);
    }

    /// The only id under a key of a unique index, or null.
    public @Nullable String only(String key) {
        TreePSet<String> ids = entries.get(key);
        return ids == null ? null : ids.first();
    }

    public boolean contains(String key) {
        return entries.containsKey(key);
    }

    public Set<String> keys() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    Index add(String key, String id) {
        TreePSet<String> ids = entries.get(key);
        return new Index(entries.plus(key, (ids == null ? TreePSet.<String>empty() : ids).plus(id)));
    }

    Index remove(String key, String id) {
        TreePSet<String> ids = entries.get(key);
        if (ids == null) {
            return this;
        }
        TreePSet<String> left = ids.minus(id);
        return new Index(left.isEmpty() ? entries.minus(key) : entries.plus(key, left));
    }
}
