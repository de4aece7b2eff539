package io.jorch.manager.plan.allocate;

import io.jorch.api.object.Cluster;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Network;
import io.jorch.api.spec.EndpointSpec;
import io.jorch.api.spec.NetworkAttachment;
import io.jorch.api.spec.PortConfig;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.raft.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which networks the tasks of a spec are on.
public final class Attachments {
    private Attachments() {
    }

    /// A network by its id, else by its name; null: there is none.
    public static @Nullable Network resolve(ClusterState state, String target) {
        Network byId = state.networks().get(target);
        return byId != null ? byId : state.networkNamed(target);
    }

    /// The user networks of a spec, with the aliases asked for there; an address is still to be chosen.
    public static List<Leg> userNetworks(ClusterState state, ServiceSpec spec) {
        List<Leg> legs = new ArrayList<>();
        for (NetworkAttachment attachment : spec.attachments()) {
            Network network = resolve(state, attachment.target());
            if (network != null && legs.stream().noneMatch(leg -> leg.networkId().equals(network.id()))) {
                legs.add(new Leg(network.id(), "", attachment.aliases()));
            }
        }
        return legs;
    }

    /// All networks of a task: the user's, and ingress for what is published and for the way out of the cluster. Only
    /// a task whose networks are all internal, and that publishes nothing, has no leg on ingress.
    public static List<Leg> all(ClusterState state, ServiceSpec spec) {
        List<Leg> legs = userNetworks(state, spec);
        Cluster cluster = state.cluster();
        if (cluster == null || legs.stream().anyMatch(leg -> leg.networkId().equals(cluster.ingressNetworkId()))) {
            return legs;
        }
        boolean internal = !legs.isEmpty() && legs.stream().allMatch(leg -> {
            Network network = state.networks().get(leg.networkId());
            return network != null && network.spec().internal();
        });
        if ((!internal || publishes(spec)) && state.networks().contains(cluster.ingressNetworkId())) {
            legs.add(new Leg(cluster.ingressNetworkId(), "", List.of()));
        }
        return legs;
    }

    public static boolean publishes(ServiceSpec spec) {
        EndpointSpec endpoint = spec.endpointSpec();
        return endpoint != null && endpoint.ports().stream().anyMatch(port -> !port.onHost());
    }

    public static List<PortConfig> ports(ServiceSpec spec) {
        EndpointSpec endpoint = spec.endpointSpec();
        return endpoint == null ? List.of() : endpoint.ports();
    }

    /// Whether the service has virtual addresses: not in `dnsrr` mode.
    public static boolean virtual(ServiceSpec spec) {
        EndpointSpec endpoint = spec.endpointSpec();
        return endpoint == null || !endpoint.mode().equals("dnsrr");
    }
}
