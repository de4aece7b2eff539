package io.jorch.net;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.message.NetworkMap;
import io.jorch.net.address.Ipv4;
import io.jorch.net.space.NodeSpace;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network of one node, for the worker. All state, here and in the kernel, is owned by one platform thread named
/// `jorch-net-NODE`, which alone enters namespaces; every method sends it a message and answers a future. Messages are
/// carried out in the order they were sent.
///
/// Closing it, or losing the daemon altogether, leaves the tasks' networks as they are; only the name service stops. A
/// later daemon takes them over by [#start].
public final class NodeNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeNetwork.class);

    private final NodeNetworkSettings settings;
    private final ExecutorService owner;
    private final NodeSpace space;
    private final NameService names;

    private NodeNetwork(NodeNetworkSettings settings, ExecutorService owner, NodeSpace space) {
        this.settings = settings;
        this.owner = owner;
        this.space = space;
        this.names = new NameService(settings);
    }

    /// Opens netlink and nftables; changes nothing yet. Call [#start] next.
    public static NodeNetwork open(NodeNetworkSettings settings) {
        ExecutorService owner = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .name("jorch-net-" + settings.names().shortNodeId()).daemon(true).factory());
        try {
            NodeSpace space = send(owner, () -> NodeSpace.open(settings)).join();
            return new NodeNetwork(settings, owner, space);
        } catch (RuntimeException failure) {
            owner.shutdown();
            throw NetworkFailure.unwrapped(failure);
        }
    }

    /// Makes the base, takes over the networks of `keep`, and sweeps away all else that carries this node's id.
    ///
    /// @param keep the tasks of the worker's journal
    /// @return the ids of those whose network is gone, after a reboot for instance: their processes are too
    public CompletableFuture<SortedSet<String>> start(Collection<TaskNetwork> keep) {
        List<TaskNetwork> tasks = List.copyOf(keep);
        return send(owner, () -> {
            SortedSet<String> lost = space.start(tasks);
            serveNamesOrWarn();
            LOG.info("network started node={} adopted={} lost={}", settings.names().shortNodeId(),
                    tasks.size() - lost.size(), lost.size());
            return lost;
        });
    }

    /// Makes the task's network. Answers the same again when it is there already, and leaves nothing when it fails.
    public CompletableFuture<Attachment> attach(TaskNetwork task) {
        return send(owner, () -> {
            space.attach(task);
            try {
                serveNames();
            } catch (RuntimeException failure) {
                space.detach(task.taskId());
                throw failure;
            }
            return new Attachment(task.taskId(), space.file(task.taskId()), task.hostname(),
                    EtcFiles.resolvConf(task, HostResolvConf.read(settings.hostResolvConf())), EtcFiles.hosts(task));
        });
    }

    /// Takes the task's network away, or succeeds when there is none.
    public CompletableFuture<Void> detach(String taskId) {
        return send(owner, () -> {
            space.detach(taskId);
            serveNamesOrWarn();
            return null;
        });
    }

    /// Makes the map true.
    ///
    /// @return the map's epoch, once all of it is in force in the kernel
    public CompletableFuture<Long> apply(NetworkMap map) {
        return send(owner, () -> {
            space.apply(map);
            serveNamesOrWarn();
            names.follow(space.tasks(), map);
            return map.epoch();
        });
    }

    /// How many TCP connections through this node are open to an endpoint: from the handshake until both sides have said
    /// that they end. UDP has none.
    ///
    /// @param networkId a user network, or the ingress network for connections that came by a published port
    /// @param address the endpoint's on that network, on whatever node
    public CompletableFuture<Integer> openConnections(String networkId, String address) {
        Ipv4 endpoint = Ipv4.parse("address", address);
        return send(owner, () -> space.openConnections(networkId, endpoint));
    }

    /// How many are open to a task of this node, on all of its networks; none to a task that is not here.
    public CompletableFuture<Integer> openConnections(String taskId) {
        return send(owner, () -> space.openConnections(taskId));
    }

    /// Leaves nothing of this node in the kernel, for when it leaves the cluster.
    public CompletableFuture<Void> removeAll() {
        return send(owner, () -> {
            names.close();
            space.removeAll();
            return null;
        });
    }

    /// Waits for what was sent before, then ends.
    @Override
    public void close() {
        try {
            send(owner, () -> {
                names.close();
                space.close();
                return null;
            }).join();
        } finally {
            owner.shutdown();
        }
    }

    private void serveNames() {
        space.gateway().ifPresent(address -> names.serve(address, space.tasks(), space.map()));
    }

    /// A node whose name service can't listen still carries what runs there; new tasks are refused with the reason.
    private void serveNamesOrWarn() {
        try {
            serveNames();
        } catch (JorchException failure) {
            LOG.error("no name service node={} error=\"{}\"", settings.names().shortNodeId(),
                    JorchException.describe(failure));
        }
    }

    private static <T> CompletableFuture<T> send(ExecutorService owner, Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            owner.execute(() -> {
                try {
                    answer.complete(work.call());
                } catch (Exception | LinkageError failure) {
                    answer.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException closed) {
            answer.completeExceptionally(
                    new JorchException(ErrorCode.UNAVAILABLE, "the node's network is closed", closed));
        }
        return answer;
    }
}
