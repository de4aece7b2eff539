package io.jorch.worker.adapt;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.DnsConfig;
import io.jorch.net.Attachment;
import io.jorch.net.Leg;
import io.jorch.net.NameSettings;
import io.jorch.net.NodeNetwork;
import io.jorch.net.TaskNetwork;
import io.jorch.net.address.Ipv4;
import io.jorch.net.address.Ipv4Subnet;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.NamespaceThread;
import io.jorch.worker.compose.ContainerPlan;
import io.jorch.worker.health.TaskDialer;
import io.jorch.worker.task.AttachedNetwork;
import io.jorch.worker.task.TaskNetworks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Tasks' networks by [NodeNetwork]. May be called by any thread.
final class NodeNetworks implements TaskNetworks {
    private final NodeNetwork network;
    private final NativeThreads threads;
    private final Map<String, Path> namespaces = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition newer = lock.newCondition();
    /// By network id, from the newest map that is in force; guarded by the lock.
    private Map<String, NetworkMap.NetworkView> known = Map.of();

    NodeNetworks(NodeNetwork network, NativeThreads threads) {
        this.network = network;
        this.threads = threads;
    }

    /// Takes over what an earlier daemon left of these tasks, and takes everything else of this node away.
    ///
    /// @param last the newest map that was in force
    void start(Collection<TaskAssignment> tasks, NetworkMap last) throws InterruptedException {
        learn(last);
        List<TaskNetwork> keep = new ArrayList<>();
        for (TaskAssignment task : tasks) {
            if (task.legs().stream().allMatch(leg -> known.containsKey(leg.networkId()))) {
                keep.add(taskNetwork(task, task.taskId(), List.of()));
            }
        }
        NativeThreads.result(network.start(keep));
        if (last.epoch() > 0) {
            apply(last);
        }
    }

    @Override
    public void apply(NetworkMap map) throws InterruptedException {
        NativeThreads.result(network.apply(map));
        learn(map);
    }

    @Override
    public AttachedNetwork attach(TaskAssignment task, ContainerPlan plan) throws InterruptedException {
        awaitKnown(task);
        Attachment attachment = NativeThreads
                .result(network.attach(taskNetwork(task, plan.hostname(), plan.names().hosts())));
        namespaces.put(task.taskId(), attachment.namespace());
        return new AttachedNetwork(attachment.namespace(), attachment.resolvConf(), attachment.hosts());
    }

    @Override
    public void detach(String taskId) throws InterruptedException {
        NativeThreads.result(network.detach(taskId));
        namespaces.remove(taskId);
    }

    /// Counted where they end, in the task's own namespace: so it holds for every network and every way in.
    @Override
    public int openConnections(TaskAssignment task) throws InterruptedException {
        if (task.servedPorts().isEmpty()) {
            return 0;
        }
        String tables = inNamespace(task, () -> Files.readString(Path.of("/proc/thread-self/net/tcp"))
                + Files.readString(Path.of("/proc/thread-self/net/tcp6")));
        return TcpConnections.count(tables, task.servedPorts());
    }

    /// By way of the ingress network where the task is on it, else from inside its namespace: a socket stays in the
    /// namespace that it was made in.
    @Override
    public TaskDialer dialer(TaskAssignment task) {
        return (port, timeout) -> {
            String ingress = ingressAddress(task);
            SocketChannel channel = ingress == null
                    ? inNamespace(task, () -> SocketChannel.open(StandardProtocolFamily.INET))
                    : SocketChannel.open(StandardProtocolFamily.INET);
            try {
                String address = ingress != null ? ingress
                        : task.legs().isEmpty() ? "127.0.0.1" : task.legs().getFirst().address();
                channel.socket().connect(new InetSocketAddress(InetAddress.ofLiteral(address), port),
                        Math.clamp(timeout / 1_000_000, 1, Integer.MAX_VALUE));
                return channel;
            } catch (java.io.IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        };
    }

    private <T> T inNamespace(TaskAssignment task, java.util.concurrent.Callable<T> work) throws InterruptedException {
        Path namespace = namespaces.get(task.taskId());
        if (namespace == null) { // taken over from an earlier daemon: asking again answers what is there
            Attachment attachment = NativeThreads
                    .result(network.attach(taskNetwork(task, task.taskId(), List.of())));
            namespace = attachment.namespace();
            namespaces.put(task.taskId(), namespace);
        }
        Path file = namespace;
        return threads.call(() -> NamespaceThread.run(file, NamespaceCalls.CLONE_NEWNET, work));
    }

    private void awaitKnown(TaskAssignment task) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!task.legs().stream().allMatch(leg -> known.containsKey(leg.networkId()))) {
                newer.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void learn(NetworkMap map) {
        lock.lock();
        try {
            known = map.networks().stream().collect(Collectors.toMap(NetworkMap.NetworkView::id, view -> view));
            newer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private NetworkMap.NetworkView view(String networkId) {
        lock.lock();
        try {
            NetworkMap.NetworkView view = known.get(networkId);
            if (view == null) {
                throw new JorchException(ErrorCode.NOT_FOUND, "network " + networkId + " is not known to this node");
            }
            return view;
        } finally {
            lock.unlock();
        }
    }

    private @org.jspecify.annotations.Nullable String ingressAddress(TaskAssignment task) {
        return task.legs().stream().filter(leg -> view(leg.networkId()).ingress())
                .map(io.jorch.api.object.Leg::address).findFirst().orElse(null);
    }

    private TaskNetwork taskNetwork(TaskAssignment task, String hostname, List<String> hosts) {
        List<Leg> legs = new ArrayList<>();
        for (io.jorch.api.object.Leg leg : task.legs()) {
            NetworkMap.NetworkView view = view(leg.networkId());
            legs.add(new Leg(view.id(), view.ingress(), view.internal(), Ipv4Subnet.parse("subnet", view.subnet()),
                    Ipv4.parse("gateway", view.gateway()), Ipv4.parse("address", leg.address())));
        }
        return new TaskNetwork(task.taskId(), hostname, legs, names(task.spec().containerSpec()), hosts);
    }

    private static NameSettings names(ContainerSpec spec) {
        DnsConfig dns = spec.dnsConfig();
        return dns == null ? NameSettings.NONE : new NameSettings(dns.nameservers(), dns.search(), dns.options());
    }
}
