package io.jorch.raft.state;

import io.jorch.api.object.AddressBlock;
import io.jorch.api.object.Cluster;
import io.jorch.api.object.Network;
import io.jorch.api.object.Node;
import io.jorch.api.object.RestartHistory;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.object.StoredObject;
import io.jorch.api.object.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything the cluster agrees on, as of one Raft index. Immutable: the apply thread makes the next one, everybody
/// else reads snapshots.
///
/// @param index of the entry that made it
/// @param keys the newest idempotency keys, oldest first
public record ClusterState(long index, Table<Cluster> clusters, Table<Node> nodes, Table<Network> networks,
        Table<AddressBlock> blocks, Table<Service> services, Table<Rollout> rollouts,
        Table<RestartHistory> restarts, Table<Task> tasks, Indexes indexes, RecentKeys keys) {

    public static final int KEYS_KEPT = RecentKeys.KEPT;

    public static final ClusterState EMPTY = new ClusterState(0, Table.empty(), Table.empty(), Table.empty(),
            Table.empty(), Table.empty(), Table.empty(), Table.empty(), Table.empty(), Indexes.EMPTY,
            RecentKeys.EMPTY);

    /// The cluster object, or null before `init`.
    public @Nullable Cluster cluster() {
        Collection<Cluster> all = clusters.all();
        return all.isEmpty() ? null : all.iterator().next();
    }

    /// The service of that name that is not being removed, or null.
    public @Nullable Service serviceNamed(String name) {
        String id = indexes.unique().only(Indexes.serviceNameClaim(name));
        return id == null ? null : services.get(id);
    }

    public @Nullable Network networkNamed(String name) {
        String id = indexes.unique().only("network/" + name);
        return id == null ? null : networks.get(id);
    }

    /// In the order of their ids.
    public List<Task> tasksOfService(String serviceId) {
        return tasks(indexes.tasksByService().get(serviceId));
    }

    public List<Task> tasksOnNode(String nodeId) {
        return tasks(indexes.tasksByNode().get(nodeId));
    }

    /// Who holds a claim such as an address or a port, or null.
    public @Nullable String holderOf(String claim) {
        return indexes.unique().only(claim);
    }

    private List<Task> tasks(Collection<String> ids) {
        List<Task> found = new ArrayList<>(ids.size());
        for (String id : ids) {
            Task task = tasks.get(id);
            if (task != null) {
                found.add(task);
            }
        }
        return found;
    }

    public @Nullable StoredObject get(StoredObject.Kind kind, String id) {
        return table(kind).get(id);
    }

    public Table<? extends StoredObject> table(StoredObject.Kind kind) {
        return switch (kind) {
            case CLUSTER -> clusters;
            case NODE -> nodes;
            case NETWORK -> networks;
            case ADDRESS_BLOCK -> blocks;
            case SERVICE -> services;
            case ROLLOUT -> rollouts;
            case RESTART_HISTORY -> restarts;
            case TASK -> tasks;
        };
    }

    /// As this state with one object stored, whatever was there before.
    ClusterState put(StoredObject object) {
        StoredObject old = get(object.kind(), object.id());
        Indexes next = (old == null ? indexes : indexes.without(old)).with(object);
        return switch (object) {
            case Cluster it -> new ClusterState(index, clusters.put(it), nodes, networks, blocks, services, rollouts,
                    restarts, tasks, next, keys);
            case Node it -> new ClusterState(index, clusters, nodes.put(it), networks, blocks, services, rollouts,
                    restarts, tasks, next, keys);
            case Network it -> new ClusterState(index, clusters, nodes, networks.put(it), blocks, services, rollouts,
                    restarts, tasks, next, keys);
            case AddressBlock it -> new ClusterState(index, clusters, nodes, networks, blocks.put(it), services,
                    rollouts, restarts, tasks, next, keys);
            case Service it -> new ClusterState(index, clusters, nodes, networks, blocks, services.put(it), rollouts,
                    restarts, tasks, next, keys);
            case Rollout it -> new ClusterState(index, clusters, nodes, networks, blocks, services, rollouts.put(it),
                    restarts, tasks, next, keys);
            case RestartHistory it -> new ClusterState(index, clusters, nodes, networks, blocks, services, rollouts,
                    restarts.put(it), tasks, next, keys);
            case Task it -> new ClusterState(index, clusters, nodes, networks, blocks, services, rollouts, restarts,
                    tasks.put(it), next, keys);
        };
    }

    ClusterState remove(StoredObject old) {
        Indexes next = indexes.without(old);
        String id = old.id();
        return switch (old.kind()) {
            case CLUSTER -> new ClusterState(index, clusters.remove(id), nodes, networks, blocks, services, rollouts,
                    restarts, tasks, next, keys);
            case NODE -> new ClusterState(index, clusters, nodes.remove(id), networks, blocks, services, rollouts,
                    restarts, tasks, next, keys);
            case NETWORK -> new ClusterState(index, clusters, nodes, networks.remove(id), blocks, services, rollouts,
                    restarts, tasks, next, keys);
            case ADDRESS_BLOCK -> new ClusterState(index, clusters, nodes, networks, blocks.remove(id), services,
                    rollouts, restarts, tasks, next, keys);
            case SERVICE -> new ClusterState(index, clusters, nodes, networks, blocks, services.remove(id), rollouts,
                    restarts, tasks, next, keys);
            case ROLLOUT -> new ClusterState(index, clusters, nodes, networks, blocks, services, rollouts.remove(id),
                    restarts, tasks, next, keys);
            case RESTART_HISTORY -> new ClusterState(index, clusters, nodes, networks, blocks, services, rollouts,
                    restarts.remove(id), tasks, next, keys);
            case TASK -> new ClusterState(index, clusters, nodes, networks, blocks, services, rollouts, restarts,
                    tasks.remove(id), next, keys);
        };
    }

    ClusterState at(long newIndex, RecentKeys newKeys) {
        return new ClusterState(newIndex, clusters, nodes, networks, blocks, services, rollouts, restarts, tasks,
                indexes, newKeys);
    }
}
