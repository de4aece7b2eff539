package io.jorch.manager.plan.allocate;

import io.jorch.api.object.AddressBlock;
import io.jorch.api.object.Meta;
import io.jorch.api.object.Network;
import io.jorch.manager.plan.Planning;
import io.jorch.raft.state.Indexes;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Hands out addresses of networks from blocks of 16, each in the hands of one node (or of the virtual addresses), so
/// that a node needs one route per block of another. Lives within one planning; reads a network's blocks once.
public final class Addresses {
    /// The node id of blocks that hold virtual addresses.
    public static final String VIRTUAL = "";
    private final Planning planning;
    private final Map<String, Pool> pools = new HashMap<>();

    /// @param blocks which of the subnet's blocks are taken
    /// @param free node id → addresses of its blocks that nobody has
    private record Pool(Network network, Cidr subnet, BitSet blocks, Map<String, Deque<Long>> free) {
    }

    public Addresses(Planning planning) {
        this.planning = planning;
    }

    /// A free address of the network for a task on the node, or null when there is none; see [#exhausted].
    ///
    /// @param nodeId or [#VIRTUAL]
    public @Nullable String take(Network network, String nodeId) {
        Pool pool = pools.computeIfAbsent(network.id(), _ -> pool(network));
        Deque<Long> free = pool.free.computeIfAbsent(nodeId, _ -> new ArrayDeque<>());
        if (free.isEmpty() && !grow(pool, nodeId, free)) {
            return null;
        }
        return Cidr.text(free.removeFirst());
    }

    /// What to tell the user when [#take] found none.
    public static String exhausted(Network network) {
        return "no free address on network " + network.spec().name() + ": all blocks of " + AddressBlock.SIZE
                + " addresses of its subnet " + network.subnet() + " are in use; make a network with a larger subnet";
    }

    private Pool pool(Network network) {
        Cidr subnet = Cidr.parse(network.subnet(), "Subnet");
        Pool pool = new Pool(network, subnet, new BitSet(), new HashMap<>());
        for (String id : planning.state().indexes().blocksByNetwork().get(network.id())) {
            AddressBlock block = planning.state().blocks().get(id);
            if (block != null) {
                long first = Cidr.address(block.first(), "First");
                pool.blocks.set((int) ((first - base(subnet)) / AddressBlock.SIZE));
                fill(pool, first, pool.free.computeIfAbsent(block.nodeId(), _ -> new ArrayDeque<>()));
            }
        }
        return pool;
    }

    private boolean grow(Pool pool, String nodeId, Deque<Long> free) {
        long blocks = Math.max(1, pool.subnet.size() / AddressBlock.SIZE);
        while (free.isEmpty()) {
            int number = pool.blocks.nextClearBit(0);
            if (number >= blocks) {
                return false;
            }
            pool.blocks.set(number);
            long first = base(pool.subnet) + (long) number * AddressBlock.SIZE;
            String text = Cidr.text(first);
            planning.put(new AddressBlock(pool.network.id() + "/" + text, Meta.created(planning.now().wall()),
                    pool.network.id(), nodeId, text));
            fill(pool, first, free);
        }
        return true;
    }

    /// All of the block but the subnet's own, its broadcast and its gateway's address, and what somebody has.
    private void fill(Pool pool, long first, Deque<Long> free) {
        for (long address = first; address < first + AddressBlock.SIZE; address++) {
            String text = Cidr.text(address);
            if (pool.subnet.contains(address) && address != pool.subnet.first() && address != pool.subnet.last()
                    && !text.equals(pool.network.gateway())
                    && planning.free(Indexes.addressClaim(pool.network.id(), text), "")) {
                free.addLast(address);
            }
        }
    }

    private static long base(Cidr subnet) {
        return subnet.first() / AddressBlock.SIZE * AddressBlock.SIZE;
    }
}
