package io.jorch.api.object;

import io.jorch.api.json.Absent;
import io.jorch.api.spec.NodeSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A machine of the cluster.
///
/// @param id 25 characters; the Raft peer's id when it is a manager
/// @param spec role and availability, the user's wish
/// @param description what the node said of itself when it registered
/// @param status as the leader sees it
/// @param address what other nodes reach it at; an attribute, never its identity
public record Node(String id, Meta meta, NodeSpec spec, @Nullable NodeDescription description, NodeStatus status,
        String address) implements StoredObject {
    public Node {
        id = Absent.text(id);
        address = Absent.text(address);
    }

    @Override
    public Node stamped(long index) {
        return new Node(id, meta.at(index), spec, description, status, address);
    }

    public Node withSpec(NodeSpec newSpec, Instant now) {
        return new Node(id, meta.touched(now), newSpec, description, status, address);
    }

    public Node withStatus(NodeStatus newStatus, Instant now) {
        return new Node(id, meta.touched(now), spec, description, newStatus, address);
    }

    public Node withDescription(NodeDescription newDescription, Instant now) {
        return new Node(id, meta.touched(now), spec, newDescription, status, address);
    }

    public boolean manager() {
        return spec.role().equals("manager");
    }
}
