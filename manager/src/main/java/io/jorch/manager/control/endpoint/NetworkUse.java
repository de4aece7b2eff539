package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.NetworkServiceView;
import io.jorch.api.docker.NetworkView;
import io.jorch.api.docker.TaskView;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Network;
import io.jorch.api.object.Node;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.spec.PortConfig;
import io.jorch.manager.plan.allocate.Attachments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who is on a network now.
///
/// @param containers of one node, by container id
/// @param peers the nodes that have tasks on it
/// @param services by name
record NetworkUse(Map<String, NetworkView.Container> containers, List<NetworkView.Peer> peers,
        Map<String, NetworkServiceView> services) {

    static boolean unused(Snapshot snapshot, Network network) {
        return snapshot.services().stream()
                .noneMatch(service -> Attachments.all(snapshot.state(), service.spec()).stream()
                        .anyMatch(leg -> leg.networkId().equals(network.id())))
                && snapshot.state().tasks().all().stream()
                        .noneMatch(task -> !task.status().state().terminal() && on(task, network));
    }

    static NetworkUse of(Snapshot snapshot, Network network, String nodeId) {
        Map<String, NetworkView.Container> containers = new TreeMap<>();
        Map<String, NetworkView.Peer> peers = new TreeMap<>();
        Map<String, NetworkServiceView> services = new TreeMap<>();
        for (Service service : snapshot.services()) {
            List<NetworkServiceView.NetworkTaskView> members = new ArrayList<>();
            for (Task task : snapshot.tasksOf(service)) {
                if (task.status().state().terminal() || task.nodeId().isEmpty() || !on(task, network)) {
                    continue;
                }
                Node node = snapshot.state().nodes().get(task.nodeId());
                String host = node == null ? "" : node.address();
                peers.put(task.nodeId(), new NetworkView.Peer(task.nodeId(), host));
                members.add(new NetworkServiceView.NetworkTaskView(TaskView.name(task, service), task.id(),
                        address(task, network), Map.of("Host IP", host)));
                if (task.nodeId().equals(nodeId) && !task.status().containerId().isEmpty()) {
                    containers.put(task.status().containerId(), new NetworkView.Container(
                            TaskView.name(task, service), task.id(), "", inSubnet(task, network), ""));
                }
            }
            String virtual = service.virtualAddresses().get(network.id());
            if (virtual != null || !members.isEmpty()) {
                services.put(service.name(), new NetworkServiceView(virtual == null ? "" : virtual, ports(service), 0,
                        members));
            }
        }
        return new NetworkUse(containers, List.copyOf(peers.values()), services);
    }

    private static boolean on(Task task, Network network) {
        return task.legs().stream().anyMatch(leg -> leg.networkId().equals(network.id()));
    }

    private static String address(Task task, Network network) {
        return task.legs().stream().filter(leg -> leg.networkId().equals(network.id())).map(Leg::address).findFirst()
                .orElse("");
    }

    private static String inSubnet(Task task, Network network) {
        return address(task, network) + network.subnet().substring(network.subnet().indexOf('/'));
    }

    private static List<String> ports(Service service) {
        List<String> ports = new ArrayList<>();
        for (PortConfig port : service.ports()) {
            ports.add("Target: " + port.targetPort() + ", Publish: " + port.publishedPort());
        }
        return ports;
    }
}
