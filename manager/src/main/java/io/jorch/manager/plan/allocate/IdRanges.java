package io.jorch.manager.plan.allocate;

import io.jorch.api.object.Cluster;
import io.jorch.api.object.IdRange;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.Service;
import io.jorch.manager.plan.Planning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives each service 65,536 host ids of its own. The next range is looked for above the highest in use, so one that a
/// removed service had is used again as late as can be.
final class IdRanges {
    private final Cluster cluster;
    private final Set<Long> taken = new HashSet<>();
    private final List<IdRange> foreign = new ArrayList<>();
    private long highest;

    IdRanges(Planning planning, Cluster cluster) {
        this.cluster = cluster;
        this.highest = cluster.idPool().first() - IdRange.SERVICE_SIZE;
        for (Service service : planning.state().services().all()) {
            IdRange ids = service.ids();
            if (ids != null) {
                taken.add(ids.first());
                highest = Math.max(highest, ids.first());
            }
        }
        for (Node node : planning.state().nodes().all()) {
            NodeDescription description = node.description();
            if (description != null) {
                foreign.addAll(description.idsInUse());
            }
        }
    }

    /// A range that no service has and no node owns, or null when the pool is used up.
    @Nullable IdRange take() {
        IdRange pool = cluster.idPool();
        long count = pool.size() / IdRange.SERVICE_SIZE;
        long start = Math.floorDiv(highest - pool.first(), IdRange.SERVICE_SIZE) + 1;
        for (long i = 0; i < count; i++) {
            long first = pool.first() + (start + i) % count * IdRange.SERVICE_SIZE;
            IdRange range = new IdRange(first, IdRange.SERVICE_SIZE);
            if (!taken.contains(first) && foreign.stream().noneMatch(range::overlaps)) {
                taken.add(first);
                highest = first;
                return range;
            }
        }
        return null;
    }
}
