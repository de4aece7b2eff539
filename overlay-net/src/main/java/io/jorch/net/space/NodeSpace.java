package io.jorch.net.space;

import io.jorch.api.error.JorchException;
import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.NetworkMap.NetworkView;
import io.jorch.net.DesiredRules;
import io.jorch.net.Leg;
import io.jorch.net.NodeNetworkSettings;
import io.jorch.net.TaskNetwork;
import io.jorch.net.address.Ipv4;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The node's network in the kernel, and what this daemon knows of it. Owned by one platform thread, on which every
/// method must be called; it enters namespaces and comes back.
public final class NodeSpace implements AutoCloseable {
    private static final String NETWORK_FILE = "net-";

    private final NodeNetworkSettings settings;
    private final Namespaces namespaces;
    private final HostSpace host;
    private final Map<String, TaskNetwork> tasks = new TreeMap<>();
    private final Map<String, UserNetworkSpace> networks = new HashMap<>();
    private SortedSet<String> opened = new TreeSet<>();
    private Optional<NetworkMap> map = Optional.empty();

    private NodeSpace(NodeNetworkSettings settings, Namespaces namespaces, HostSpace host) {
        this.settings = settings;
        this.namespaces = namespaces;
        this.host = host;
    }

    public static NodeSpace open(NodeNetworkSettings settings) {
        Namespaces namespaces = new Namespaces(settings.hostNamespace());
        try {
            return new NodeSpace(settings, namespaces, HostSpace.open(namespaces, settings.names()));
        } catch (RuntimeException failure) {
            namespaces.close();
            throw failure;
        }
    }

    public Namespaces namespaces() {
        return namespaces;
    }

    /// Takes over the tasks of a daemon before us, sweeps what belongs to none of them, and makes the base. A table
    /// that is there stays in force until the first map comes.
    ///
    /// @return the ids of those whose namespace is gone
    public SortedSet<String> start(Collection<TaskNetwork> keep) {
        SortedSet<String> lost = new TreeSet<>();
        for (TaskNetwork task : keep) {
            if (Namespaces.alive(file(task.taskId()))) {
                tasks.put(task.taskId(), task);
            } else {
                lost.add(task.taskId());
            }
        }
        sweep();
        for (TaskNetwork task : tasks.values()) {
            task.userLegs().forEach(leg -> network(leg).tasks().add(task.taskId()));
        }
        opened = host.uplinks().wanted();
        if (host.table().present()) {
            host.table().addElements("opened", desired().host(map).table().sets().get("opened"));
        } else {
            host.apply(desired().host(map));
        }
        host.uplinks().switchOn(opened);
        desired().ingress(map).ifPresent(ingress -> host.gateway(Ipv4.parse("gateway", ingress.gateway())));
        return lost;
    }

    public void attach(TaskNetwork task) {
        TaskNetwork known = tasks.get(task.taskId());
        if (known != null) {
            if (!known.equals(task)) {
                throw JorchException.conflict("task " + task.taskId() + " is attached to other networks already");
            }
            return;
        }
        Namespaces.remove(file(task.taskId()));
        tasks.put(task.taskId(), task);
        try {
            applyHost(); // before the leg is there: a confined task must find its bars in place
            TaskSpace.make(namespaces, file(task.taskId()), near -> {
                for (TaskSpace.Planned leg : TaskSpace.plan(settings, task)) {
                    near.connect(leg, side(leg.leg(), task.taskId()));
                }
            });
        } catch (RuntimeException failure) {
            detach(task.taskId());
            throw failure;
        }
    }

    /// Takes the task's network away; succeeds when there is none.
    public void detach(String taskId) {
        TaskNetwork task = tasks.remove(taskId);
        if (task != null) {
            String near = settings.names().leg(taskId);
            task.ingressLeg().ifPresent(leg -> host.routed().forgetLeg(near, leg.address()));
            for (Leg leg : task.userLegs()) {
                UserNetworkSpace network = networks.get(leg.networkId());
                if (network != null) {
                    network.routed().forgetLeg(near, leg.address());
                    network.tasks().remove(taskId);
                }
            }
        }
        Namespaces.remove(file(taskId));
        dropUnusedNetworks();
        applyHost();
    }

    /// Makes the map true; all of it is in force in the kernel on return.
    public void apply(NetworkMap next) {
        map = Optional.of(next);
        applyHost();
        for (NetworkView view : next.networks()) {
            UserNetworkSpace network = networks.get(view.id());
            if (network != null && !view.ingress()) {
                network.apply(desired().network(view));
            }
        }
    }

    public Collection<TaskNetwork> tasks() {
        return tasks.values();
    }

    /// The last one applied.
    public Optional<NetworkMap> map() {
        return map;
    }

    /// The node's own address on the ingress network, once it is known.
    public Optional<Ipv4> gateway() {
        return desired().ingress(map).map(ingress -> Ipv4.parse("gateway", ingress.gateway()));
    }

    /// How many TCP connections are open, through this node, to an address of the network; of a network that this node
    /// is not on there are none.
    public int openConnections(String networkId, Ipv4 address) {
        UserNetworkSpace network = networks.get(networkId);
        if (network != null) {
            return network.routed().conntrack().openTo(address);
        }
        boolean ingress = tasks.values().stream().flatMap(task -> task.ingressLeg().stream())
                .anyMatch(leg -> leg.networkId().equals(networkId))
                || map.stream().flatMap(known -> known.networks().stream())
                        .anyMatch(view -> view.ingress() && view.id().equals(networkId));
        return ingress ? host.routed().conntrack().openTo(address) : 0;
    }

    /// How many TCP connections are open to a task of this node on all of its networks.
    public int openConnections(String taskId) {
        TaskNetwork task = tasks.get(taskId);
        return task == null ? 0
                : task.legs().stream().mapToInt(leg -> openConnections(leg.networkId(), leg.address())).sum();
    }

    /// Where a task's namespace is bound.
    public Path file(String taskId) {
        return settings.namespaces().resolve(taskId);
    }

    /// Leaves nothing of this node: tasks' networks, user networks, table, gateway, switches.
    public void removeAll() {
        tasks.clear();
        networks.values().forEach(UserNetworkSpace::remove);
        networks.clear();
        map = Optional.empty();
        sweep();
        host.removeAll();
    }

    /// Closes our handles; the tasks' networks go on.
    @Override
    public void close() {
        networks.values().forEach(UserNetworkSpace::close);
        host.close();
        namespaces.close();
    }

    /// Removes the files, namespaces and legs that belong to no task that we know.
    private void sweep() {
        Set<String> wanted = new HashSet<>(tasks.keySet());
        tasks.values().forEach(task -> task.userLegs().forEach(leg -> wanted.add(NETWORK_FILE + leg.networkId())));
        for (String name : NamespaceFolder.list(settings.namespaces())) {
            if (!wanted.contains(name)) {
                Namespaces.remove(settings.namespaces().resolve(name));
            }
        }
        Set<String> legs = new HashSet<>();
        tasks.keySet().forEach(taskId -> legs.add(settings.names().leg(taskId)));
        host.sweepLegs(legs);
    }

    private NearSide side(Leg leg, String taskId) {
        if (leg.ingress()) {
            return host;
        }
        UserNetworkSpace network = network(leg);
        network.tasks().add(taskId);
        return network;
    }

    private UserNetworkSpace network(Leg leg) {
        return networks.computeIfAbsent(leg.networkId(), id -> {
            UserNetworkSpace made = UserNetworkSpace.open(namespaces,
                    settings.namespaces().resolve(NETWORK_FILE + id), leg.gateway(), settings.names().table());
            map.stream().flatMap(known -> known.networks().stream()).filter(view -> view.id().equals(id)).findFirst()
                    .ifPresent(view -> made.apply(desired().network(view)));
            return made;
        });
    }

    private void dropUnusedNetworks() {
        for (Map.Entry<String, UserNetworkSpace> network : List.copyOf(networks.entrySet())) {
            if (network.getValue().tasks().isEmpty()) {
                networks.remove(network.getKey());
                network.getValue().remove();
            }
        }
    }

    /// Without a map and over a table that we only found, no more is added than what a new task needs at once.
    private void applyHost() {
        desired().ingress(map).ifPresent(ingress -> host.gateway(Ipv4.parse("gateway", ingress.gateway())));
        if (map.isPresent() || host.table().known()) {
            host.apply(desired().host(map));
        } else {
            host.table().addElements("confined", desired().host(map).confined());
        }
    }

    private DesiredRules desired() {
        return new DesiredRules(settings, opened, tasks.values());
    }
}
