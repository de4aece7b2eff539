package io.jorch.net;

import io.jorch.net.address.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The texts of a task's /etc/resolv.conf and /etc/hosts.
final class EtcFiles {
    private static final String LOCALHOST = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            ff00::0\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            """;

    private EtcFiles() {
    }

    /// The one name server is the node's own, which asks the task's or the host's for outside names. `ndots:0` has names
    /// asked as they are first: names of services need no domain.
    static String resolvConf(TaskNetwork task, HostResolvConf host) {
        StringBuilder text = new StringBuilder();
        task.ingressLeg().ifPresent(leg -> text.append("nameserver ").append(leg.gateway()).append('\n'));
        List<String> search = task.names().search().isEmpty() ? host.search() : task.names().search();
        if (!search.isEmpty() && !search.equals(List.of("."))) {
            text.append("search ").append(String.join(" ", search)).append('\n');
        }
        List<String> options = new ArrayList<>(task.names().options());
        if (options.stream().noneMatch(option -> option.startsWith("ndots:"))) {
            options.add("ndots:0");
        }
        return text.append("options ").append(String.join(" ", options)).append('\n').toString();
    }

    /// The task's own name stands for its addresses on user networks, or for the ingress one when it has no other.
    static String hosts(TaskNetwork task) {
        StringBuilder text = new StringBuilder(LOCALHOST);
        task.extraHosts().forEach(line -> text.append(line).append('\n'));
        List<Ipv4> own = task.userLegs().stream().map(Leg::address).toList();
        Optional<Ipv4> ingress = task.ingressLeg().map(Leg::address);
        for (Ipv4 address : own.isEmpty() ? ingress.stream().toList() : own) {
            text.append(address).append('\t').append(task.hostname()).append('\n');
        }
        return text.toString();
    }
}
