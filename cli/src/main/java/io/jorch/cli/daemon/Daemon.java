package io.jorch.cli.daemon;

import io.jorch.api.docker.NodeFacts;
import io.jorch.api.docker.NodeView.ManagerStatus;
import io.jorch.api.docker.SwarmInitRequest;
import io.jorch.api.docker.TlsInfo;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.Images;
import io.jorch.images.ImagesSettings;
import io.jorch.images.registry.RegistrySettings;
import io.jorch.manager.command.FirstState;
import io.jorch.manager.control.EngineApi;
import io.jorch.manager.control.http.ControlServer;
import io.jorch.manager.control.seam.NodeInfo;
import io.jorch.manager.control.seam.Parts;
import io.jorch.manager.control.seam.SwarmLifecycle;
import io.jorch.manager.leader.Ids;
import io.jorch.raft.engine.Leadership;
import io.jorch.runtime.cgroup.Cgroups;
import io.jorch.runtime.check.ContainerProbe;
import io.jorch.runtime.launch.LayerMode;
import io.jorch.runtime.unpack.LinuxLayerTarget;
import io.jorch.worker.adapt.NodeImages;
import io.jorch.worker.adapt.UsedImages;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node: always the control API and its images; a manager and a worker once it is part of a cluster. Beginning and
/// leaving one are guarded by a lock, everything else is owned by the parts.
public final class Daemon implements NodeInfo, SwarmLifecycle, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final Settings settings;
    private final Layout layout;
    private final Machine machine;
    private final NodeFacts facts;
    private final DataLock lock;
    private final LayerMode layerMode;
    private final Images images;
    private final UsedImages used = new UsedImages();
    private final LateManager manager = new LateManager();
    private final ReentrantLock change = new ReentrantLock();
    private final AtomicReference<@Nullable StoredMembership> membership = new AtomicReference<>();
    private final Vertx vertx = ControlServer.leanVertx();
    private @Nullable WorkerRole worker;
    private @Nullable ControlServer server;

    private Daemon(Settings settings, Layout layout) {
        this.settings = settings;
        this.layout = layout;
        layout.create();
        this.lock = DataLock.take(layout.data());
        this.machine = Machine.read(settings);
        ContainerProbe.Result probe = ContainerProbe.run(layout.tasks());
        this.layerMode = probe.mode().orElseThrow(() -> new JorchException(ErrorCode.UNSUPPORTED,
                "this machine can't start a container: " + probe.failure() + ". `jorch check` says what is missing"));
        this.facts = machine.facts(layout.data(), Cgroups.detect().version(), List.of());
        RegistrySettings registries = RegistrySettings.DEFAULT;
        Set<String> insecure = new LinkedHashSet<>(settings.list("insecure-registry"));
        this.images = new Images(ImagesSettings.of(layout.images(), LinuxLayerTarget::open, used)
                .withRegistries(new RegistrySettings(insecure, registries.connect(), registries.answer(),
                        registries.stall(), registries.retry(), registries.layersAtOnce())));
    }

    /// Makes the folders, takes up the cluster that the data folder knows of, and serves the API.
    public static Daemon start(Settings settings) throws InterruptedException {
        Daemon daemon = new Daemon(settings, Layout.of(settings));
        try {
            daemon.resume();
            daemon.serve();
            return daemon;
        } catch (RuntimeException | InterruptedException failure) {
            daemon.close();
            throw failure;
        }
    }

    private void serve() throws InterruptedException {
        Parts parts = new Parts(manager, manager, manager, manager, images, credential -> "",
                (serviceId, _, credential) -> manager.require().keep(serviceId, credential), this, this,
                InstantSource.system());
        server = new EngineApi(parts).serve(vertx, layout.socket());
        LOG.info("event=serving socket={} data={}", layout.socket(), layout.data());
    }

    private void resume() throws InterruptedException {
        Optional<StoredMembership> known = StoredMembership.read(layout.node());
        if (known.isPresent() && known.get().ready()) {
            run(ManagerRole.resume(layout, known.get(), images, followInterval()), known.get());
        }
    }

    private void run(ManagerRole role, StoredMembership member) throws InterruptedException {
        manager.set(role);
        membership.set(member);
        worker = WorkerRole.start(layout, machine, member, layerMode, new NodeImages(images, used), role::connect);
        LOG.info("event=node-up node={} cluster={}", member.nodeId(), member.clusterId());
    }

    private long followInterval() {
        return io.jorch.cli.render.Units.parseDuration("auto-update-interval", settings.value("auto-update-interval"));
    }

    @Override
    public String init(SwarmInitRequest request) throws InterruptedException {
        change.lock();
        try {
            if (membership.get() != null) {
                throw new JorchException(ErrorCode.UNAVAILABLE,
                        "This node is already part of a swarm. Use \"jorch leave\" to leave it first");
            }
            Ids ids = new Ids();
            String address = listenAddress(request);
            StoredMembership member = new StoredMembership(ids.next(), ids.next(), address, false);
            member.write(layout.node());
            FirstState first = new FirstState(member.clusterId(), InitDefaults.spec(request), request.defaultAddrPool()
                    .isEmpty() ? InitDefaults.freePools() : request.defaultAddrPool(), request.subnetSize(),
                    FirstState.DEFAULT_ID_POOL, ids.next(), InitDefaults.token(), InitDefaults.token(),
                    member.nodeId(), machine.description(), address);
            ManagerRole role = ManagerRole.begin(layout, member, first, images, followInterval());
            StoredMembership ready = new StoredMembership(member.clusterId(), member.nodeId(), address, true);
            ready.write(layout.node());
            run(role, ready);
            return member.nodeId();
        } finally {
            change.unlock();
        }
    }

    private String listenAddress(SwarmInitRequest request) {
        String wanted = settings.value("listen-addr");
        if (!request.listenAddr().isEmpty() && !request.listenAddr().startsWith("0.0.0.0")) {
            wanted = request.listenAddr();
        }
        return wanted.contains(":") ? wanted : wanted + ":2377";
    }

    @Override
    public void leave(boolean force) throws InterruptedException {
        change.lock();
        try {
            ManagerRole role = manager.get();
            StoredMembership member = membership.get();
            if (role == null || member == null) {
                throw new JorchException(ErrorCode.UNAVAILABLE, "This node is not part of a swarm");
            }
            if (!force) {
                throw new JorchException(ErrorCode.CONFLICT, "this is the last manager: leaving erases the cluster's "
                        + "state and its tasks. Use --force if that is what you want");
            }
            membership.set(null);
            manager.set(null);
            WorkerRole leaving = worker;
            worker = null;
            role.close();
            if (leaving != null) {
                leaving.close();
            }
            StoredMembership.forget(layout.node());
            FolderRemoval.empty(layout.raft());
            FolderRemoval.empty(layout.node());
            LOG.info("event=left cluster={}", member.clusterId());
        } finally {
            change.unlock();
        }
    }

    @Override
    public NodeFacts facts() {
        return facts;
    }

    @Override
    public NodeInfo.Membership membership() {
        StoredMembership member = membership.get();
        return member == null
                ? NodeInfo.Membership.NONE
                : new NodeInfo.Membership(NodeInfo.State.ACTIVE, member.nodeId(), member.raftAddress(),
                        manager.get() != null, "");
    }

    @Override
    public Map<String, ManagerStatus> managers() {
        ManagerRole role = manager.get();
        StoredMembership member = membership.get();
        if (role == null || member == null) {
            return Map.of();
        }
        Leadership leadership = role.store().leadership();
        return Map.of(member.nodeId(), new ManagerStatus(member.nodeId().equals(leadership.leader()), "reachable",
                member.raftAddress()));
    }

    @Override
    public @Nullable TlsInfo tlsInfo() {
        return null;
    }

    /// Containers stay; the next daemon takes them up.
    @Override
    public void close() {
        ControlServer serving = server;
        if (serving != null) {
            serving.close();
        }
        WorkerRole working = worker;
        if (working != null) {
            working.close();
        }
        ManagerRole role = manager.get();
        if (role != null) {
            role.close();
        }
        images.close();
        vertx.close().toCompletionStage().toCompletableFuture()
                .orTimeout(Duration.ofSeconds(5).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .handle((done, failure) -> failure).join();
        lock.close();
    }
}
