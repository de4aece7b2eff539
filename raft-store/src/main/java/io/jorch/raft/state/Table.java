package io.jorch.raft.state;

import io.jorch.api.object.StoredObject;
import java.util.Collection;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// All objects of one kind by id, in the order of their ids. Immutable; a changed copy shares all but the changed path.
public final class Table<T extends StoredObject> {
    private static final Table<?> EMPTY = new Table<>(TreePMap.empty());

    private final TreePMap<String, T> rows;

    private Table(TreePMap<String, T> rows) {
        this.rows = rows;
    }

    @SuppressWarnings("unchecked")
    public static <T extends StoredObject> Table<T> empty() {
        return (Table<T>) EMPTY;
    }

    public @Nullable T get(String id) {
        return rows.get(id);
    }

    public boolean contains(String id) {
        return rows.containsKey(id);
    }

    /// In the order of the ids.
    public Collection<T> all() {
        return Collections.unmodifiableCollection(rows.values());
    }

    public int size() {
        return rows.size();
    }

    Table<T> put(T object) {
        return new Table<>(rows.plus(object.id(), object));
    }

    Table<T> remove(String id) {
        return new Table<>(rows.minus(id));
    }
}
