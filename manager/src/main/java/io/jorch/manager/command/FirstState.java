package io.jorch.manager.command;

import io.jorch.api.object.Cluster;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.Meta;
import io.jorch.api.object.Network;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.spec.NetworkSpec;
import io.jorch.api.spec.NodeSpec;
import io.jorch.api.spec.SwarmSpec;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.allocate.Cidr;
import io.jorch.raft.state.Change;
import java.util.List;
import java.util.Map;

/// What a new cluster begins with: itself, its ingress network and its first node. Pure; everything secret or random
/// is handed in.
///
/// @param clusterId the Raft group's id
/// @param spec its name is `default`, as Swarm's
/// @param addressPools CIDRs; the first `/16` of the first is ingress. Empty: `10.0.0.0/8`
/// @param subnetSize bits of a user network's prefix; 0: 20, which has blocks for 255 nodes
/// @param idPool the host ids to cut services' ranges from, usually [#DEFAULT_ID_POOL]
/// @param workerToken,managerToken `SWMTKN-1-<digest of the CA>-<secret>`
/// @param nodeId the Raft peer's id
/// @param nodeAddress what other nodes reach it at
public record FirstState(String clusterId, SwarmSpec spec, List<String> addressPools, int subnetSize, IdRange idPool,
        String ingressNetworkId, String workerToken, String managerToken, String nodeId, NodeDescription node,
        String nodeAddress) {
    public static final List<String> DEFAULT_ADDRESS_POOLS = List.of("10.0.0.0/8");
    public static final int DEFAULT_SUBNET_SIZE = 20;
    /// Above what distributions give to users in subuid (100000 and up), below 2³¹: some 16,000 services.
    public static final IdRange DEFAULT_ID_POOL = new IdRange(1L << 30, 1L << 30);
    private static final int INGRESS_BITS = 16;

    public List<Change> changes(Now now) {
        Meta meta = Meta.created(now.wall());
        List<String> pools = addressPools.isEmpty() ? DEFAULT_ADDRESS_POOLS : addressPools;
        Cidr first = Cidr.parse(pools.getFirst(), "DefaultAddrPool");
        Cidr ingress = new Cidr(first.first(), Math.max(INGRESS_BITS, first.bits()));
        NetworkSpec ingressSpec = new NetworkSpec("ingress", Map.of(), "overlay", false, false, true, Map.of(),
                ingress.toString(), "", "");
        return List.of(
                new Change.Put(new Cluster(clusterId, meta, spec, ingressNetworkId, pools,
                        subnetSize == 0 ? DEFAULT_SUBNET_SIZE : subnetSize, idPool, 1, workerToken, managerToken)),
                new Change.Put(new Node(nodeId, meta, new NodeSpec("", Map.of(), "manager", "active"), node,
                        new NodeStatus(NodeStatus.State.UNKNOWN, "not heard of yet"), nodeAddress)),
                new Change.Put(new Network(ingressNetworkId, meta, ingressSpec, ingress.toString(),
                        Cidr.text(ingress.first() + 1), NetworkCommands.FIRST_VNI)));
    }
}
