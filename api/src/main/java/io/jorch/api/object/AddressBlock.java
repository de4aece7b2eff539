package io.jorch.api.object;

import io.jorch.api.json.Absent;

/// Sixteen addresses of a network in one node's hands: one route per block.
///
/// @param id `networkId/first`
/// @param nodeId whose tasks get them; empty: the block holds virtual addresses
/// @param first the lowest address, a multiple of [#SIZE]
public record AddressBlock(String id, Meta meta, String networkId, String nodeId, String first) implements StoredObject {
    public AddressBlock {
        id = Absent.text(id);
        networkId = Absent.text(networkId);
        nodeId = Absent.text(nodeId);
        first = Absent.text(first);
    }

    @Override
    public AddressBlock stamped(long index) {
        return new AddressBlock(id, meta.at(index), networkId, nodeId, first);
    }

    public static final int SIZE = 16;
}
