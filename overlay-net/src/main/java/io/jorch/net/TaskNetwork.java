package io.jorch.net;

import io.jorch.api.error.JorchException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that the network of one task follows from; a worker keeps it in its journal and hands it in again after a
/// restart.
///
/// @param legs at most one on the ingress network, which becomes `eth0` and the way out; none at all leaves the task
///        with `lo` only
/// @param extraHosts further lines of /etc/hosts, address first
public record TaskNetwork(String taskId, String hostname, List<Leg> legs, NameSettings names,
        List<String> extraHosts) {
    public TaskNetwork {
        if (!taskId.matches("[a-z0-9]{1,40}")) { // it becomes a file's name
            throw JorchException.invalid("taskId", "\"" + taskId + "\" is no id");
        }
        if (!hostname.matches("[A-Za-z0-9._-]{1,253}")) { // it becomes a word of /etc/hosts
            throw JorchException.invalid("Hostname", "\"" + hostname + "\" is not made of letters, digits, . _ and -");
        }
        for (String line : extraHosts) {
            if (!line.matches("[\\x20-\\x7e\\t]+")) {
                throw JorchException.invalid("Hosts", "\"" + line + "\" is not one line");
            }
        }
        legs = List.copyOf(legs);
        extraHosts = List.copyOf(extraHosts);
        Set<String> networks = new HashSet<>();
        for (int index = 0; index < legs.size(); index++) {
            if (!networks.add(legs.get(index).networkId())) {
                throw JorchException.invalid("legs", "network " + legs.get(index).networkId() + " is there twice");
            }
            for (Leg other : legs.subList(0, index)) {
                if (other.subnet().overlaps(legs.get(index).subnet())) {
                    throw JorchException.invalid("legs", "task " + taskId + " can't be on two networks whose subnets "
                            + other.subnet() + " and " + legs.get(index).subnet() + " overlap");
                }
            }
        }
        if (legs.stream().filter(Leg::ingress).count() > 1) {
            throw JorchException.invalid("legs", "more than one ingress network");
        }
    }

    public Optional<Leg> ingressLeg() {
        return legs.stream().filter(Leg::ingress).findFirst();
    }

    /// Those on user networks, in the order given: `eth1`, `eth2` and so on, or from `eth0` without an ingress leg.
    public List<Leg> userLegs() {
        return legs.stream().filter(leg -> !leg.ingress()).toList();
    }

    /// Whether the task must not reach anything outside: it is on user networks, and all of them are internal.
    public boolean confined() {
        List<Leg> users = userLegs();
        return !users.isEmpty() && users.stream().allMatch(Leg::internal);
    }
}
