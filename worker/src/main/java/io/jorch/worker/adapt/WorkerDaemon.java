package io.jorch.worker.adapt;

import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.message.WorkerStream;
import io.jorch.api.object.NodeDescription;
import io.jorch.net.NodeNetwork;
import io.jorch.runtime.cgroup.Cgroups;
import io.jorch.runtime.container.Containers;
import io.jorch.runtime.launch.Launcher;
import io.jorch.worker.agent.AgentLoop;
import io.jorch.worker.agent.AgentSettings;
import io.jorch.worker.agent.AgentTools;
import io.jorch.worker.compose.ContainerComposer;
import io.jorch.worker.journal.Journal;
import io.jorch.worker.journal.JournalEntry;
import io.jorch.worker.journal.LastNetworks;
import io.jorch.worker.task.TaskImages;
import io.jorch.worker.task.TaskRunner;
import io.jorch.worker.task.TaskTools;
import io.jorch.worker.time.AlarmThread;
import io.jorch.worker.volume.Volumes;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// A whole worker on this machine. Closing it leaves its containers running; the next one takes them up.
public final class WorkerDaemon implements AutoCloseable {
    /// Cgroup v1 hierarchies that tasks may see, since programs read their limits there.
    private static final List<String> SHOWN_CONTROLLERS = List.of("memory", "pids", "cpu");
    private static final int CONTAINER_ID_BYTES = 32;

    private final AgentLoop loop;
    private final NodeNetwork network;
    private final AlarmThread alarms;
    private final NativeThreads threads;
    private final ExecutorService blocking;
    private final Containers containers;

    private WorkerDaemon(AgentLoop loop, NodeNetwork network, AlarmThread alarms, NativeThreads threads,
            ExecutorService blocking, Containers containers) {
        this.loop = loop;
        this.network = network;
        this.alarms = alarms;
        this.threads = threads;
        this.blocking = blocking;
        this.containers = containers;
    }

    /// Takes up what an earlier daemon left, then looks for a manager.
    ///
    /// @param connector opens a stream to a manager; blocks, and throws what stands in the way
    public static WorkerDaemon start(DaemonSettings settings, TaskImages images, Supplier<WorkerStream> connector)
            throws InterruptedException {
        Cgroups cgroups = Cgroups.detect();
        NodeDescription description = settings.description().get();
        Containers containers = new Containers(settings.shortNodeId(), settings.directories(), cgroups,
                new Launcher(settings.layerMode()), InstantSource.system());
        LaunchPlans plans = new LaunchPlans(settings.directories(), shown(cgroups), description.memoryBytes());
        NativeThreads threads = new NativeThreads();
        LinuxRuntime runtime = new LinuxRuntime(containers, plans, new EtcFolders(settings.node().resolve("etc")),
                threads);
        Journal journal = Journal.open(settings.node());
        LastNetworks last = new LastNetworks(settings.node());
        NodeNetwork network = NodeNetwork.open(settings.network());
        NodeNetworks networks = new NodeNetworks(network, threads);
        networks.start(live(journal), last.load().orElse(new NetworkMap(0, List.of(), List.of())));
        AlarmThread alarms = new AlarmThread();
        TaskTools tools = new TaskTools(images, networks, runtime, Volumes.open(settings.volumes()),
                new ContainerComposer(settings.nodeId(), description, settings.rules()), alarms, InstantSource.system(),
                containerIds(), settings.bootId());
        ExecutorService blocking = Executors
                .newThreadPerTaskExecutor(Thread.ofVirtual().name("jorch-worker-", 0).factory());
        AgentLoop loop = AgentLoop.start(
                new AgentSettings(settings.nodeId(), settings.address(), settings.description(), settings.bootId()),
                new AgentTools(connector, journal, last, TaskRunner.factory(tools), runtime, images, networks,
                        new ContainerLogs(containers), alarms, InstantSource.system(), new SecureRandom(), blocking));
        return new WorkerDaemon(loop, network, alarms, threads, blocking, containers);
    }

    /// The node's containers, for its stats and its own view.
    public Containers containers() {
        return containers;
    }

    /// Says that the node leaves; containers and their networks stay.
    @Override
    public void close() {
        loop.close();
        alarms.close();
        network.close();
        threads.close();
        blocking.shutdown();
    }

    private static List<TaskAssignment> live(Journal journal) {
        return journal.entries().values().stream().filter(entry -> !entry.status().state().terminal())
                .map(JournalEntry::assignment).toList();
    }

    private static List<String> shown(Cgroups cgroups) {
        if (cgroups.version() == 2) {
            return List.of();
        }
        Set<String> available = new TreeSet<>(cgroups.available());
        return SHOWN_CONTROLLERS.stream().filter(available::contains).toList();
    }

    private static Supplier<String> containerIds() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[CONTAINER_ID_BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
    }
}
