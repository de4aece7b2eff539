package io.jorch.api.object;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// Anything that lies in the replicated state under its id.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "Kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Cluster.class, name = "cluster"),
        @JsonSubTypes.Type(value = Node.class, name = "node"),
        @JsonSubTypes.Type(value = Network.class, name = "network"),
        @JsonSubTypes.Type(value = AddressBlock.class, name = "addressBlock"),
        @JsonSubTypes.Type(value = Service.class, name = "service"),
        @JsonSubTypes.Type(value = Rollout.class, name = "rollout"),
        @JsonSubTypes.Type(value = RestartHistory.class, name = "restartHistory"),
        @JsonSubTypes.Type(value = Task.class, name = "task")})
public sealed interface StoredObject
        permits Cluster, Node, Network, AddressBlock, Service, Rollout, RestartHistory, Task {
    String id();

    Meta meta();

    /// The same object as it is stored by the entry at `index`. Apply calls this, nobody else.
    StoredObject stamped(long index);

    @JsonIgnore
    default Kind kind() {
        return switch (this) {
            case Cluster cluster -> Kind.CLUSTER;
            case Node node -> Kind.NODE;
            case Network network -> Kind.NETWORK;
            case AddressBlock block -> Kind.ADDRESS_BLOCK;
            case Service service -> Kind.SERVICE;
            case Rollout rollout -> Kind.ROLLOUT;
            case RestartHistory history -> Kind.RESTART_HISTORY;
            case Task task -> Kind.TASK;
        };
    }

    /// The tables of the state, in the order in which a transaction's changes are applied and a snapshot is written.
    enum Kind {
        CLUSTER, NODE, NETWORK, ADDRESS_BLOCK, SERVICE, ROLLOUT, RESTART_HISTORY, TASK
    }
}
