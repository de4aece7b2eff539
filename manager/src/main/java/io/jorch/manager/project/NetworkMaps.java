package io.jorch.manager.project;

import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.NetworkMap.EndpointView;
import io.jorch.api.message.NetworkMap.NetworkView;
import io.jorch.api.message.NetworkMap.PortView;
import io.jorch.api.message.NetworkMap.ServiceView;
import io.jorch.api.object.Cluster;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Network;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeStatus;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.PortConfig;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.allocate.Attachments;
import io.jorch.raft.state.ClusterState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The network maps of all nodes at one state. Views are made once and shared by the nodes that see them, so asking
/// for one more node is cheap. Not thread-safe.
public final class NetworkMaps {
    private final ClusterState state;
    private final Map<String, NetworkView> views = new HashMap<>();
    private @Nullable Map<String, Map<String, List<Task>>> tasks;
    private @Nullable List<PortView> meshPorts;

    public NetworkMaps(ClusterState state) {
        this.state = state;
    }

    /// One node's map; for several nodes of one state keep an instance.
    public static NetworkMap of(ClusterState state, String nodeId) {
        return new NetworkMaps(state).of(nodeId);
    }

    public NetworkMap of(String nodeId) {
        List<NetworkView> networks = new ArrayList<>();
        TreeSet<String> on = new TreeSet<>();
        for (Task task : state.tasksOnNode(nodeId)) {
            if (!Tasks.ended(task)) {
                task.legs().forEach(leg -> on.add(leg.networkId()));
            }
        }
        Cluster cluster = state.cluster();
        if (cluster != null) {
            on.add(cluster.ingressNetworkId());
        }
        for (String id : on) {
            Network network = state.networks().get(id);
            if (network != null) {
                networks.add(views.computeIfAbsent(id, _ -> view(network)));
            }
        }
        List<PortView> ports = new ArrayList<>(meshPorts());
        ports.addAll(hostPorts(nodeId));
        return new NetworkMap(state.index(), networks, ports);
    }

    /// New connections may go to it: nobody sends them to a node that is down.
    private boolean serving(Task task) {
        Node node = state.nodes().get(task.nodeId());
        return node != null && node.status().state() != NodeStatus.State.DOWN && Tasks.healthy(task) && Tasks.wanted(task) && task.desired().compareTo(TaskState.RUNNING) <= 0;
    }

    private NetworkView view(Network network) {
        List<ServiceView> services = new ArrayList<>();
        tasksOn(network.id()).forEach((serviceId, members) -> {
            Service service = state.services().get(serviceId);
            if (service != null && (!network.spec().ingress() || Attachments.publishes(service.spec()))) {
                services.add(service(network, service, members));
            }
        });
        return new NetworkView(network.id(), network.spec().name(), network.spec().ingress(), network.subnet(),
                network.gateway(), network.vni(), network.spec().internal(), services);
    }

    /// Ingress knows no names: what is found there is found by its published port. A removed service's name is free
    /// for another one.
    private ServiceView service(Network network, Service service, List<Task> members) {
        TreeSet<String> names = new TreeSet<>();
        List<EndpointView> endpoints = new ArrayList<>();
        for (Task task : members) {
            for (Leg leg : task.legs()) {
                if (leg.networkId().equals(network.id())) {
                    names.addAll(leg.aliases());
                    endpoints.add(new EndpointView(task.id(), Tasks.name(service, task), task.slot(), task.nodeId(),
                            leg.address(), serving(task)));
                }
            }
        }
        names.add(service.name());
        return new ServiceView(service.id(), network.spec().ingress() || service.removing() ? List.of() : List.copyOf(names),
                Optional.ofNullable(service.virtualAddresses().get(network.id())), endpoints);
    }

    private List<PortView> meshPorts() {
        List<PortView> known = meshPorts;
        if (known == null) {
            known = new ArrayList<>();
            for (Service service : state.services().all()) {
                for (PortConfig port : service.ports()) {
                    if (!port.onHost() && port.publishedPort() != 0 && !service.removing()) {
                        known.add(new PortView(port.protocolOrDefault(), port.publishedPort(), port.targetPort(),
                                false, servingOnIngress(service)));
                    }
                }
            }
            meshPorts = known;
        }
        return known;
    }

    private List<String> servingOnIngress(Service service) {
        Cluster cluster = state.cluster();
        return cluster == null
                ? List.of()
                : tasksOn(cluster.ingressNetworkId()).getOrDefault(service.id(), List.of()).stream()
                        .filter(this::serving).map(this::ingressAddress).toList();
    }

    private List<PortView> hostPorts(String nodeId) {
        List<PortView> ports = new ArrayList<>();
        for (Task task : state.tasksOnNode(nodeId)) {
            Service service = state.services().get(task.serviceId());
            if (service != null && !task.hostPorts().isEmpty() && !Tasks.ended(task)) {
                for (PortConfig port : service.ports()) {
                    if (port.onHost()
                            && task.hostPorts().contains(port.protocolOrDefault() + "/" + port.publishedPort())) {
                        ports.add(new PortView(port.protocolOrDefault(), port.publishedPort(), port.targetPort(),
                                true, serving(task) ? List.of(ingressAddress(task)) : List.of()));
                    }
                }
            }
        }
        return ports;
    }

    private String ingressAddress(Task task) {
        Cluster cluster = state.cluster();
        return task.legs().stream()
                .filter(leg -> cluster != null && leg.networkId().equals(cluster.ingressNetworkId()))
                .map(Leg::address).findFirst().orElse("");
    }

    /// Service id → its tasks on the network that have not ended.
    private Map<String, List<Task>> tasksOn(String networkId) {
        Map<String, Map<String, List<Task>>> known = tasks;
        if (known == null) {
            known = new HashMap<>();
            for (Task task : state.tasks().all()) {
                if (!Tasks.ended(task)) {
                    for (Leg leg : task.legs()) {
                        known.computeIfAbsent(leg.networkId(), _ -> new TreeMap<>())
                                .computeIfAbsent(task.serviceId(), _ -> new ArrayList<>()).add(task);
                    }
                }
            }
            tasks = known;
        }
        return known.getOrDefault(networkId, Map.of());
    }
}
