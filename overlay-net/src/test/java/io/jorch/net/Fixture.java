package io.jorch.net;

import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.NetworkMap.EndpointView;
import io.jorch.api.message.NetworkMap.NetworkView;
import io.jorch.api.message.NetworkMap.PortView;
import io.jorch.api.message.NetworkMap.ServiceView;
import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tasks, legs and maps as tests need them.
final class Fixture {
    static final String INGRESS = "ingress00000000000000000";

    private Fixture() {
    }

    /// A task on the ingress network `10.255.0.0/16` with the given last number, and on further networks.
    static TaskNetwork task(String taskId, int ingress, Leg... users) {
        List<Leg> legs = new ArrayList<>();
        legs.add(ingressLeg(ingress));
        legs.addAll(Arrays.asList(users));
        return new TaskNetwork(taskId, "host-" + taskId, legs, NameSettings.NONE, List.of());
    }

    static Leg ingressLeg(int last) {
        return leg(INGRESS, true, false, "10.255.0.0/16", "10.255.0.1", "10.255.0." + last);
    }

    /// On a network `10.0.third.0/24`.
    static Leg userLeg(String networkId, int third, int last) {
        return leg(networkId, false, false, "10.0." + third + ".0/24", "10.0." + third + ".1",
                "10.0." + third + "." + last);
    }

    static Leg internal(Leg leg) {
        return new Leg(leg.networkId(), leg.ingress(), true, leg.subnet(), leg.gateway(), leg.address());
    }

    static Leg leg(String networkId, boolean ingress, boolean internal, String subnet, String gateway, String address) {
        return new Leg(networkId, ingress, internal, Ipv4Subnet.parse("subnet", subnet), Ipv4.parse("gateway", gateway),
                Ipv4.parse("address", address));
    }

    static NetworkMap map(long epoch, List<NetworkView> users, PortView... ports) {
        List<NetworkView> networks = new ArrayList<>();
        networks.add(new NetworkView(INGRESS, "ingress", true, "10.255.0.0/16", "10.255.0.1", 4096, false, List.of()));
        networks.addAll(users);
        return new NetworkMap(epoch, networks, List.of(ports));
    }

    static NetworkView network(String id, int third, ServiceView... services) {
        return new NetworkView(id, "net-" + id, false, "10.0." + third + ".0/24", "10.0." + third + ".1", 4097, false,
                List.of(services));
    }

    /// @param vip empty for dnsrr
    static ServiceView service(String name, String vip, EndpointView... endpoints) {
        return new ServiceView("id" + name, List.of(name), vip.isEmpty() ? Optional.empty() : Optional.of(vip),
                List.of(endpoints));
    }

    static EndpointView endpoint(String service, int slot, String address, boolean serving) {
        String taskId = service + "task" + slot;
        return new EndpointView(taskId, service + "." + slot + "." + taskId, slot, "node1", address, serving);
    }

    static PortView tcp(int published, int target, String... addresses) {
        return new PortView("tcp", published, target, false, List.of(addresses));
    }
}
