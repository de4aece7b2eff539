package io.jorch.manager.command;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.Cluster;
import io.jorch.api.object.Meta;
import io.jorch.api.object.Network;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.spec.NetworkSpec;
import io.jorch.manager.plan.IdSource;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.allocate.Attachments;
import io.jorch.manager.plan.allocate.Cidr;
import io.jorch.raft.state.Change;
import io.jorch.raft.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Networks: made with a subnet and a VXLAN id of their own; removed when nobody uses them.
final class NetworkCommands {
    /// Swarm's first VXLAN id (swarmkit, `networkallocator`): lower ones are left to the user.
    static final int FIRST_VNI = 4_096;
    private static final int LAST_VNI = (1 << 24) - 1;
    private static final int SMALLEST_BITS = 29;

    private NetworkCommands() {
    }

    static CommandChanges create(Command.CreateNetwork command, ClusterState state, Now now, IdSource ids) {
        NetworkSpec spec = command.spec();
        Names.check(spec.name(), "Name");
        if (!spec.driver().isEmpty() && !spec.driver().equals("overlay")) {
            throw JorchException.invalid("Driver", "\"" + spec.driver() + "\" is not supported: use overlay");
        }
        if (spec.ingress()) {
            throw JorchException.invalid("Ingress", "the cluster has its ingress network already: leave this off");
        }
        if (state.networkNamed(spec.name()) != null) {
            throw JorchException.conflict("network with name " + spec.name() + " already exists");
        }
        Cidr subnet = spec.subnet().isEmpty() ? choose(state) : asked(spec, state);
        long gateway = spec.gateway().isEmpty() ? subnet.first() + 1 : Cidr.address(spec.gateway(), "IPAM.Gateway");
        if (!subnet.contains(gateway) || gateway == subnet.first() || gateway == subnet.last()) {
            throw JorchException.invalid("IPAM.Gateway", Cidr.text(gateway) + " is no host address of " + subnet);
        }
        return CommandChanges.put(new Network(ids.next(), Meta.created(now.wall()), spec, subnet.toString(),
                Cidr.text(gateway), freeVni(state)));
    }

    static CommandChanges remove(Command.RemoveNetwork command, ClusterState state) {
        Network network = state.networks().get(command.id());
        if (network == null) {
            throw JorchException.notFound("network", command.id());
        }
        if (network.spec().ingress()) {
            throw JorchException.conflict("network " + network.spec().name() + " is the cluster's ingress network: it "
                    + "can't be removed");
        }
        List<String> users = users(state, network);
        if (!users.isEmpty()) {
            throw JorchException.conflict("network " + network.spec().name() + " is in use by " + String.join(", ", users)
                    + ": remove them, or take them off the network, first");
        }
        List<Change> changes = new ArrayList<>();
        for (String blockId : state.indexes().blocksByNetwork().get(network.id())) {
            changes.add(Change.Delete.of(Objects.requireNonNull(state.blocks().get(blockId))));
        }
        changes.add(Change.Delete.of(network));
        return new CommandChanges(changes, network.id(), List.of());
    }

    private static List<String> users(ClusterState state, Network network) {
        List<String> users = new ArrayList<>();
        for (Service service : state.services().all()) {
            boolean meant = !service.removing() && Attachments.userNetworks(state, service.spec()).stream()
                    .anyMatch(leg -> leg.networkId().equals(network.id()));
            if (meant) {
                users.add("service " + service.name());
            } else {
                state.tasksOfService(service.id()).stream().filter(task -> on(task, network))
                        .map(task -> "task " + task.id() + " of service " + service.name()).forEach(users::add);
            }
        }
        return users;
    }

    private static boolean on(Task task, Network network) {
        return !task.status().state().terminal()
                && task.legs().stream().anyMatch(leg -> leg.networkId().equals(network.id()));
    }

    /// A user network may overlap with another one, as each has its own namespace; but not with ingress, which is
    /// routed beside it in every task.
    private static Cidr asked(NetworkSpec spec, ClusterState state) {
        Cidr subnet = Cidr.parse(spec.subnet(), "IPAM.Config.Subnet");
        if (subnet.bits() > SMALLEST_BITS) {
            throw JorchException.invalid("IPAM.Config.Subnet",
                    subnet + " is too small: use a prefix of at most " + SMALLEST_BITS + " bits");
        }
        for (Network network : state.networks().all()) {
            if (network.spec().ingress() && subnet.overlaps(Cidr.parse(network.subnet(), "Subnet"))) {
                throw JorchException.conflict("subnet " + subnet + " overlaps with " + network.subnet()
                        + " of the ingress network: choose another one");
            }
        }
        return subnet;
    }

    private static Cidr choose(ClusterState state) {
        Cluster cluster = SwarmCommands.cluster(state);
        List<Cidr> used = state.networks().all().stream().map(network -> Cidr.parse(network.subnet(), "Subnet")).toList();
        for (String text : cluster.addressPools()) {
            Cidr pool = Cidr.parse(text, "AddressPools");
            int bits = Math.max(cluster.subnetSize(), pool.bits());
            for (long first = pool.first(); first <= pool.last(); first += 1L << 32 - bits) {
                Cidr candidate = new Cidr(first, bits);
                if (used.stream().noneMatch(candidate::overlaps)) {
                    return candidate;
                }
            }
        }
        throw new JorchException(ErrorCode.EXHAUSTED, "no free subnet of /" + cluster.subnetSize() + " in the pools "
                + String.join(", ", cluster.addressPools()) + ": remove a network, or name a subnet");
    }

    private static int freeVni(ClusterState state) {
        for (int vni = FIRST_VNI; vni <= LAST_VNI; vni++) {
            if (state.holderOf("vni/" + vni) == null) {
                return vni;
            }
        }
        throw new JorchException(ErrorCode.EXHAUSTED, "no free VXLAN id: remove a network");
    }
}
