package io.jorch.net.space;

import io.jorch.net.Leg;
import io.jorch.net.NodeNetworkSettings;
import io.jorch.net.TaskNetwork;
import io.jorch.net.address.Ipv4Subnet;
import io.jorch.net.netlink.NetlinkClient;
import io.jorch.net.netlink.RouteMessages;
import io.jorch.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A task's own namespace while it is being made.
final class TaskSpace {
    private final Fd namespace;
    private final NetlinkClient client;

    private TaskSpace(Fd namespace, NetlinkClient client) {
        this.namespace = namespace;
        this.client = client;
    }

    /// A leg and what it becomes.
    record Planned(Leg leg, VethLeg veth) {
    }

    /// The ingress leg first, as `eth0`.
    static List<Planned> plan(NodeNetworkSettings settings, TaskNetwork task) {
        String near = settings.names().leg(task.taskId());
        List<Planned> planned = new ArrayList<>();
        Optional<Leg> ingress = task.ingressLeg();
        ingress.ifPresent(leg -> planned.add(new Planned(leg,
                new VethLeg(near, 0, leg.address(), Ipv4Subnet.ALL, settings.ingressMtu()))));
        for (Leg leg : task.userLegs()) {
            planned.add(new Planned(leg,
                    new VethLeg(near, planned.size(), leg.address(), leg.subnet(), settings.overlayMtu())));
        }
        return planned;
    }

    /// Makes the namespace bound to the file and connects it; leaves no namespace when that fails.
    static void make(Namespaces namespaces, Path file, Consumer<TaskSpace> connect) {
        try (Fd namespace = namespaces.create(file, TaskSpace::prepare);
                NetlinkClient client = namespaces.in(namespace, () -> NetlinkClient.open(NetlinkClient.ROUTE))) {
            client.execute(RouteMessages.setUp("lo"));
            connect.accept(new TaskSpace(namespace, client));
        } catch (RuntimeException failure) {
            Namespaces.remove(file);
            throw failure;
        }
    }

    void connect(Planned planned, NearSide near) {
        near.addLeg(planned.veth(), namespace, client);
    }

    /// The task's root is nobody in the user namespace that owns this, so what it may do is set here: low ports and
    /// ping, as Docker has it. IPv4 settings of a new namespace are copies of the host's: those that matter are set.
    private static void prepare() {
        Sysctl.set("ipv4/ip_unprivileged_port_start", "0");
        Sysctl.set("ipv4/ping_group_range", "0 2147483647");
        Sysctl.set("ipv4/conf/all/forwarding", "0");
        Sysctl.set("ipv4/conf/all/accept_redirects", "0");
        Sysctl.set("ipv4/conf/default/accept_redirects", "0");
        Sysctl.withoutIpv6("default");
    }
}
