package io.jorch.raft.state;

import io.jorch.api.object.AddressBlock;
import io.jorch.api.object.Cluster;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Network;
import io.jorch.api.object.Node;
import io.jorch.api.object.RestartHistory;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.object.StoredObject;
import io.jorch.api.object.Task;
import io.jorch.api.spec.PortConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Ways into the tables. `unique` holds every claim that two objects must not share: apply refuses a second one.
///
/// @param tasksByService service id → task ids
/// @param tasksByNode node id → task ids (empty id: not placed)
/// @param blocksByNetwork network id → address block ids
/// @param restartsByService service id → restart history ids
/// @param unique claim (see [#claims]) → the id that holds it
public record Indexes(Index tasksByService, Index tasksByNode, Index blocksByNetwork, Index restartsByService,
        Index unique) {
    static final Indexes EMPTY = new Indexes(Index.EMPTY, Index.EMPTY, Index.EMPTY, Index.EMPTY, Index.EMPTY);

    /// What an object claims for itself alone: a name, an address, a port, an id range.
    static List<String> claims(StoredObject object) {
        return switch (object) {
            case Cluster cluster -> List.of("cluster");
            case Node node -> List.of();
            case Network network -> List.of("network/" + network.spec().name(), "vni/" + network.vni());
            case AddressBlock block -> List.of("block/" + block.networkId() + "/" + block.first());
            case Service service -> claimsOf(service);
            case Rollout rollout -> List.of();
            case RestartHistory history -> List.of();
            case Task task -> claimsOf(task);
        };
    }

    private static List<String> claimsOf(Service service) {
        List<String> claims = new ArrayList<>();
        for (Map.Entry<String, String> address : service.virtualAddresses().entrySet()) {
            claims.add(addressClaim(address.getKey(), address.getValue()));
        }
        IdRange ids = service.ids();
        if (ids != null) {
            claims.add("ids/" + ids.first());
        }
        if (!service.removing()) {
            claims.add(serviceNameClaim(service.spec().name()));
            for (PortConfig port : service.ports()) {
                if (!port.onHost()) {
                    claims.add(portClaim(port.protocolOrDefault(), port.publishedPort()));
                }
            }
        }
        return claims;
    }

    /// A task that has ended gives its addresses and ports back.
    private static List<String> claimsOf(Task task) {
        if (task.status().state().terminal()) {
            return List.of();
        }
        List<String> claims = new ArrayList<>();
        for (Leg leg : task.legs()) {
            claims.add(addressClaim(leg.networkId(), leg.address()));
        }
        for (String port : task.hostPorts()) {
            claims.add("hostport/" + task.nodeId() + "/" + port);
        }
        return claims;
    }

    public static String addressClaim(String networkId, String address) {
        return "address/" + networkId + "/" + address;
    }

    public static String serviceNameClaim(String name) {
        return "service/" + name;
    }

    /// A port of the routing mesh, on every node.
    public static String portClaim(String protocol, int published) {
        return "port/" + protocol + "/" + published;
    }

    Indexes with(StoredObject object) {
        Index newUnique = unique;
        for (String claim : claims(object)) {
            newUnique = newUnique.add(claim, object.id());
        }
        return switch (object) {
            case Task task -> new Indexes(tasksByService.add(task.serviceId(), task.id()),
                    tasksByNode.add(task.nodeId(), task.id()), blocksByNetwork, restartsByService, newUnique);
            case AddressBlock block -> new Indexes(tasksByService, tasksByNode,
                    blocksByNetwork.add(block.networkId(), block.id()), restartsByService, newUnique);
            case RestartHistory history -> new Indexes(tasksByService, tasksByNode, blocksByNetwork,
                    restartsByService.add(history.serviceId(), history.id()), newUnique);
            case Cluster _, Node _, Network _, Service _, Rollout _ -> new Indexes(tasksByService, tasksByNode,
                    blocksByNetwork, restartsByService, newUnique);
        };
    }

    Indexes without(StoredObject object) {
        Index newUnique = unique;
        for (String claim : claims(object)) {
            newUnique = newUnique.remove(claim, object.id());
        }
        return switch (object) {
            case Task task -> new Indexes(tasksByService.remove(task.serviceId(), task.id()),
                    tasksByNode.remove(task.nodeId(), task.id()), blocksByNetwork, restartsByService, newUnique);
            case AddressBlock block -> new Indexes(tasksByService, tasksByNode,
                    blocksByNetwork.remove(block.networkId(), block.id()), restartsByService, newUnique);
            case RestartHistory history -> new Indexes(tasksByService, tasksByNode, blocksByNetwork,
                    restartsByService.remove(history.serviceId(), history.id()), newUnique);
            case Cluster _, Node _, Network _, Service _, Rollout _ -> new Indexes(tasksByService, tasksByNode,
                    blocksByNetwork, restartsByService, newUnique);
        };
    }
}
