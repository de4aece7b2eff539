package io.jorch.manager.plan.allocate;

import io.jorch.api.object.Cluster;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.Leg;
import io.jorch.api.object.Network;
import io.jorch.api.object.Service;
import io.jorch.api.spec.PortConfig;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.raft.state.Indexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What belongs to a service as a whole: its id range, its virtual address on each network, its chosen ports. A service
/// that lacks one is not scheduled; why is said in its tasks' status.
public final class ServiceAllocationStep implements Step {
    private static final int FIRST_PORT = 30_000;
    private static final int LAST_PORT = 32_767;

    @Override
    public void run(Planning planning) {
        Cluster cluster = planning.cluster();
        if (cluster == null) {
            return;
        }
        Addresses addresses = new Addresses(planning);
        @Nullable IdRanges ranges = null;
        for (Service service : planning.state().services().all()) {
            if (service.removing()) {
                continue;
            }
            @Nullable IdRange ids = service.ids();
            if (ids == null) {
                ranges = ranges == null ? new IdRanges(planning, cluster) : ranges;
                ids = ranges.take();
            }
            Map<String, String> virtual = virtualAddresses(planning, addresses, service);
            List<PortConfig> ports = ports(planning, service);
            if (ids != service.ids() || !virtual.equals(service.virtualAddresses())
                    || !ports.equals(service.ports())) {
                planning.put(service.allocated(virtual, ports, ids, planning.now().wall()));
            }
        }
    }

    /// Why the service's tasks can't be placed yet, or null when it has all that it needs.
    public static @Nullable String missing(Planning planning, Service service) {
        if (service.ids() == null) {
            return "no free range of host ids: the cluster's pool is used up; remove services or widen the pool";
        }
        if (service.ports().stream().anyMatch(port -> port.publishedPort() == 0)) {
            return "no free port from " + FIRST_PORT + " to " + LAST_PORT + ": name a published port, or remove one";
        }
        if (Attachments.virtual(service.spec())) {
            for (Leg leg : Attachments.userNetworks(planning.state(), service.spec())) {
                Network network = planning.state().networks().get(leg.networkId());
                if (network != null && !service.virtualAddresses().containsKey(leg.networkId())) {
                    return Addresses.exhausted(network);
                }
            }
        }
        return null;
    }

    /// A network that the service left keeps its address as long as a task of an older revision is on it.
    private static Map<String, String> virtualAddresses(Planning planning, Addresses addresses, Service service) {
        Map<String, String> had = service.virtualAddresses();
        Map<String, String> next = new TreeMap<>();
        if (Attachments.virtual(service.spec())) {
            for (Leg leg : Attachments.userNetworks(planning.state(), service.spec())) {
                Network network = planning.state().networks().get(leg.networkId());
                String address = had.get(leg.networkId());
                if (address == null && network != null) {
                    address = addresses.take(network, Addresses.VIRTUAL);
                }
                if (address != null) {
                    next.put(leg.networkId(), address);
                }
            }
        }
        for (Map.Entry<String, String> old : had.entrySet()) {
            if (!next.containsKey(old.getKey()) && planning.tasksOf(service.id()).stream()
                    .anyMatch(task -> !task.status().state().terminal()
                            && task.legs().stream().anyMatch(leg -> leg.networkId().equals(old.getKey())))) {
                next.put(old.getKey(), old.getValue());
            }
        }
        return next;
    }

    private static List<PortConfig> ports(Planning planning, Service service) {
        if (service.ports().stream().noneMatch(port -> port.publishedPort() == 0)) {
            return service.ports();
        }
        List<PortConfig> next = new ArrayList<>();
        for (PortConfig port : service.ports()) {
            int chosen = port.publishedPort() != 0 ? port.publishedPort() : choose(planning, service, port, next);
            next.add(port.publishedAt(chosen));
        }
        return next;
    }

    /// @return 0 when none is free
    private static int choose(Planning planning, Service service, PortConfig port, List<PortConfig> chosen) {
        for (int candidate = FIRST_PORT; candidate <= LAST_PORT; candidate++) {
            int number = candidate;
            if (planning.free(Indexes.portClaim(port.protocolOrDefault(), number), service.id())
                    && Stream.concat(chosen.stream(), service.ports().stream())
                            .noneMatch(other -> other.publishedPort() == number
                                    && other.protocolOrDefault().equals(port.protocolOrDefault()))) {
                return number;
            }
        }
        return 0;
    }
}
