package io.jorch.manager.control.fake;

import io.jorch.api.docker.NodeFacts;
import io.jorch.api.docker.NodeView.ManagerStatus;
import io.jorch.api.docker.SwarmInitRequest;
import io.jorch.api.docker.TlsInfo;
import io.jorch.manager.control.seam.NodeInfo;
import io.jorch.manager.control.seam.SwarmLifecycle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A node that is a manager unless a test says otherwise.
public final class FakeNode implements NodeInfo, SwarmLifecycle {
    public static final Membership MANAGER = new Membership(State.ACTIVE, FakeCluster.NODE, "10.1.1.1", true, "");

    public volatile Membership membership = MANAGER;
    public final List<SwarmInitRequest> inits = new CopyOnWriteArrayList<>();
    public final List<Boolean> leaves = new CopyOnWriteArrayList<>();

    @Override
    public NodeFacts facts() {
        return new NodeFacts("0.1.0", "abcdef0", Instant.parse("2026-01-02T03:04:05Z"), "alpha", "/var/lib/jorch",
                "6.1.0-31-amd64", "Debian GNU/Linux 12 (bookworm)", "12", "x86_64", "amd64", 4, 8L << 30, "2",
                List.of("name=seccomp,profile=builtin", "name=userns", "name=cgroupns", "name=no-new-privileges"),
                List.of("disk=ssd"), List.of("WARNING: no AppArmor on this machine"), 4789);
    }

    @Override
    public Membership membership() {
        return membership;
    }

    @Override
    public Map<String, ManagerStatus> managers() {
        return Map.of(FakeCluster.NODE, new ManagerStatus(true, "reachable", "10.1.1.1:2377"));
    }

    @Override
    public @Nullable TlsInfo tlsInfo() {
        return new TlsInfo("-----BEGIN CERTIFICATE-----\n", "MBM=", "MFk=");
    }

    @Override
    public String init(SwarmInitRequest request) {
        inits.add(request);
        membership = MANAGER;
        return FakeCluster.NODE;
    }

    @Override
    public void leave(boolean force) {
        leaves.add(force);
        membership = Membership.NONE;
    }
}
