package io.jorch.net;

import io.jorch.api.message.NetworkMap;
import io.jorch.net.address.Ipv4;
import io.jorch.net.dns.Asker;
import io.jorch.net.dns.NameServer;
import io.jorch.net.dns.Sockets;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.NamespaceThread;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/// The node's name server, once its address is known, and what it answers by. Owned by the network's thread.
final class NameService implements AutoCloseable {
    private final NodeNetworkSettings settings;
    private Optional<Running> running = Optional.empty();

    NameService(NodeNetworkSettings settings) {
        this.settings = settings;
    }

    private record Running(Ipv4 address, NameServer server) {
    }

    /// Has the server listen at the address, and answer these tasks; the names stay those of the last map.
    ///
    /// @param address the node's own on the ingress network
    /// @param map the last one, if any
    void serve(Ipv4 address, Collection<TaskNetwork> tasks, Optional<NetworkMap> map) {
        if (running.isPresent() && running.get().address().equals(address)) {
            running.get().server().update(askers(tasks));
            return;
        }
        close();
        NameServer server = NameServer.start(new Sockets(new InHostNamespace(settings)), address,
                () -> HostResolvConf.read(settings.hostResolvConf()).nameservers());
        running = Optional.of(new Running(address, server));
        map.ifPresentOrElse(known -> server.update(askers(tasks), known), () -> server.update(askers(tasks)));
    }

    /// Has the names follow the map.
    void follow(Collection<TaskNetwork> tasks, NetworkMap map) {
        running.ifPresent(known -> known.server().update(askers(tasks), map));
    }

    @Override
    public void close() {
        running.ifPresent(known -> known.server().close());
        running = Optional.empty();
    }

    private static Map<Ipv4, Asker> askers(Collection<TaskNetwork> tasks) {
        Map<Ipv4, Asker> askers = new HashMap<>();
        for (TaskNetwork task : tasks) {
            List<Ipv4> own = task.names().nameservers().stream().flatMap(text -> Ipv4.read(text).stream()).toList();
            Asker asker = new Asker(task.userLegs().stream().map(Leg::networkId).toList(), !task.confined(),
                    own.isEmpty() ? Optional.empty() : Optional.of(own));
            task.ingressLeg().ifPresent(leg -> askers.put(leg.address(), asker));
        }
        return askers;
    }

    /// The process's threads are in the host's namespace already, unless another one was made to act as it.
    private record InHostNamespace(NodeNetworkSettings settings) implements Sockets.Opener {
        @Override
        public <T> T in(Callable<T> work) {
            return settings.hostNamespace().equals(NodeNetworkSettings.OWN_NAMESPACE) ? Sockets.Opener.call(work)
                    : NamespaceThread.run(settings.hostNamespace(), NamespaceCalls.CLONE_NEWNET, work);
        }
    }
}
