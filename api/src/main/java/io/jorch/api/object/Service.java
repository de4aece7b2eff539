package io.jorch.api.object;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Absent;
import io.jorch.api.spec.PortConfig;
import io.jorch.api.spec.ServiceSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A service: the user's spec, the versions of it that were rolled out, and what was allotted to it.
///
/// @param revisions the newest 10, oldest first: what tasks point at
/// @param target the revision that tasks should be of
/// @param previous the revision that `rollback` returns to; null: none yet
/// @param virtualAddresses network id → address
/// @param ports as published, with chosen ports filled in
/// @param ids its tasks' range of host ids
/// @param removing removed by the user: hidden and its name free, kept until its last task is gone
public record Service(String id, Meta meta, ServiceSpec spec, List<Revision> revisions, long target,
        @Nullable Long previous, Map<String, String> virtualAddresses, List<PortConfig> ports,
        @Nullable IdRange ids, boolean removing) implements StoredObject {
    public Service {
        id = Absent.text(id);
        revisions = Absent.list(revisions);
        virtualAddresses = Absent.map(virtualAddresses);
        ports = Absent.list(ports);
    }

    @Override
    public Service stamped(long index) {
        return new Service(id, meta.at(index), spec, revisions, target, previous, virtualAddresses, ports, ids, removing);
    }

    public Service allocated(Map<String, String> newVirtualAddresses, List<PortConfig> newPorts,
            @Nullable IdRange newIds, Instant now) {
        return new Service(id, meta.touched(now), spec, revisions, target, previous, newVirtualAddresses, newPorts,
                newIds, removing);
    }

    /// Aims at another revision, whose spec becomes the service's.
    public Service aimedAt(List<Revision> newRevisions, long newTarget, @Nullable Long newPrevious,
            List<PortConfig> newPorts, Instant now) {
        Service listed = withRevisions(newRevisions, now);
        return new Service(id, meta.touched(now), listed.revision(newTarget).spec(), newRevisions, newTarget,
                newPrevious, virtualAddresses, newPorts, ids, removing);
    }

    public Service withRevisions(List<Revision> newRevisions, Instant now) {
        return new Service(id, meta.touched(now), spec, newRevisions, target, previous, virtualAddresses, ports, ids,
                removing);
    }

    public Service removed(Instant now) {
        return new Service(id, meta.touched(now), spec, revisions, target, previous, virtualAddresses, ports, ids,
                true);
    }

    /// Revisions kept.
    public static final int HISTORY = 10;

    public Revision revision(long number) {
        for (Revision revision : revisions) {
            if (revision.number() == number) {
                return revision;
            }
        }
        throw new JorchException(ErrorCode.INTERNAL, "service " + spec.name() + " has no revision " + number);
    }

    public boolean has(long number) {
        return revisions.stream().anyMatch(revision -> revision.number() == number);
    }

    public Revision targetRevision() {
        return revision(target);
    }

    public String name() {
        return spec.name();
    }
}
