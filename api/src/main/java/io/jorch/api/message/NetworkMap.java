package io.jorch.api.message;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.jorch.api.json.Absent;
import io.jorch.api.json.OptionalTextCodec;
import java.util.List;
import java.util.Optional;

/// All that one node must know of the networks its tasks are on, at one epoch: a projection of the replicated state.
/// It is always whole, never a delta: a node makes it true and then acknowledges `epoch`.
///
/// @param epoch the Raft index of the state it was made from; only grows
/// @param networks the ingress network, and each user network with a task on this node
/// @param ports the cluster's published ports, with the addresses that serve them now
public record NetworkMap(long epoch, List<NetworkView> networks, List<PortView> ports) {
    public NetworkMap {
        networks = Absent.list(networks);
        ports = Absent.list(ports);
    }

    /// @param id the network's id, 25 characters
    /// @param ingress whether it is the one cluster-wide network that is routed in the host's namespace
    /// @param subnet IPv4 in CIDR form, e.g. `10.0.1.0/24`; may overlap with another user network's
    /// @param gateway the first address of the subnet
    /// @param vni the VXLAN id, 24 bits
    /// @param internal whether tasks that are on this network only have no way out
    public record NetworkView(String id, String name, boolean ingress, String subnet, String gateway, int vni,
            boolean internal, List<ServiceView> services) {
        public NetworkView {
            services = Absent.list(services);
        }
    }

    /// A service as seen on one network.
    ///
    /// @param names the service's name and its aliases on this network, all answered by the name service
    /// @param vip the virtual address, or empty in dnsrr mode
    public record ServiceView(String serviceId, List<String> names,
            @JsonSerialize(using = OptionalTextCodec.Writer.class) @JsonDeserialize(using = OptionalTextCodec.Reader.class) Optional<String> vip,
            List<EndpointView> endpoints) {
        public ServiceView {
            names = Absent.list(names);
            endpoints = Absent.list(endpoints);
        }
    }

    /// One task's address on one network.
    ///
    /// @param taskName `service.slot.taskId`, answered by the name service as `service.slot` too
    /// @param serving whether new connections may go there: ready, and not draining
    public record EndpointView(String taskId, String taskName, long slot, String nodeId, String address,
            boolean serving) {
    }

    /// A published port of the cluster.
    ///
    /// @param protocol `tcp` or `udp`
    /// @param published the port on the node
    /// @param target the port in the task
    /// @param onlyLocal mode host: answered on nodes that run a task of it only, by that task only
    /// @param addresses the ingress addresses of the tasks that serve it
    public record PortView(String protocol, int published, int target, boolean onlyLocal, List<String> addresses) {
        public PortView {
            addresses = Absent.list(addresses);
        }
    }
}
