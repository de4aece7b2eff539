package io.jorch.raft.state;

import io.jorch.api.object.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes on top of a committed state, before they are proposed: planning steps put and delete here one after another
/// and each reads what the ones before it did. An object keeps the version it has in the base however often it is put,
/// so the result can be proposed as one transaction. Not thread-safe: it lives within one call of a planner.
public final class Draft {
    private final ClusterState base;
    private final Map<Key, Boolean> touched = new LinkedHashMap<>();
    private ClusterState state;

    private record Key(StoredObject.Kind kind, String id) {
    }

    public Draft(ClusterState base) {
        this.base = base;
        this.state = base;
    }

    /// The base with everything drafted so far.
    public ClusterState state() {
        return state;
    }

    public ClusterState base() {
        return base;
    }

    public void put(StoredObject object) {
        touched.put(new Key(object.kind(), object.id()), true);
        state = state.put(object);
    }

    public void delete(StoredObject object) {
        touched.put(new Key(object.kind(), object.id()), true);
        @Nullable StoredObject current = state.get(object.kind(), object.id());
        if (current != null) {
            state = state.remove(current);
        }
    }

    public boolean empty() {
        return changes().isEmpty();
    }

    /// Who holds a claim (an address, a port, a name) in the base or the draft, other than `id`; null: it is free.
    public @Nullable String holderOtherThan(String claim, String id) {
        for (String holder : state.indexes().unique().get(claim)) {
            if (!holder.equals(id)) {
                return holder;
            }
        }
        return null;
    }

    /// What is to be proposed: deletions first (they free names and addresses), then puts in the order of the kinds, so
    /// that a service stands before its tasks; within a kind in the order of first touch.
    public List<Change> changes() {
        List<Change> deletions = new ArrayList<>();
        Map<StoredObject.Kind, List<Change>> puts = new LinkedHashMap<>();
        for (StoredObject.Kind kind : StoredObject.Kind.values()) {
            puts.put(kind, new ArrayList<>());
        }
        for (Key key : touched.keySet()) {
            @Nullable StoredObject before = base.get(key.kind(), key.id());
            @Nullable StoredObject after = state.get(key.kind(), key.id());
            if (after == null && before != null) {
                deletions.add(Change.Delete.of(before));
            } else if (after != null && !after.equals(before)) {
                puts.get(key.kind()).add(new Change.Put(after));
            }
        }
        List<Change> all = new ArrayList<>(deletions);
        puts.values().forEach(all::addAll);
        return List.copyOf(all);
    }
}
