package io.jorch.manager.plan.schedule;

import io.jorch.api.object.Node;
import io.jorch.api.object.Revision;
import io.jorch.api.spec.GenericResource;
import io.jorch.api.spec.Placement;
import io.jorch.api.spec.Platform;
import io.jorch.api.spec.PortConfig;
import io.jorch.api.spec.ResourceRequirements;
import io.jorch.api.spec.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a task of a revision needs of a node.
///
/// @param nanoCPUs,memoryBytes reserved
/// @param generic kind → how many are reserved
/// @param hostPorts `protocol/port` that it has on its node for itself
/// @param maxReplicas of its service on one node; 0: no limit
record Need(List<Constraint> constraints, List<List<Platform>> platforms, List<String> spread, long nanoCPUs,
        long memoryBytes, Map<String, Long> generic, List<String> hostPorts, long maxReplicas) {

    static Need of(Revision revision, List<PortConfig> ports) {
        TaskSpec template = revision.spec().taskTemplate();
        Placement placement = template.placement() == null ? Placement.ANYWHERE : template.placement();
        List<String> spread = new ArrayList<>();
        for (Placement.Preference preference : placement.preferences()) {
            Placement.Spread over = preference.spread();
            if (over != null) {
                spread.add(over.spreadDescriptor());
            }
        }
        ResourceRequirements resources = template.resources();
        ResourceRequirements.Reservations reserved = resources == null ? null : resources.reservations();
        return new Need(
                placement.constraints().stream().map(text -> Constraint.parse(text, "Placement.Constraints")).toList(),
                List.of(placement.platforms(), revision.image().platforms()), spread,
                reserved == null ? 0 : reserved.nanoCPUs(), reserved == null ? 0 : reserved.memoryBytes(),
                reserved == null || reserved.genericResources() == null ? Map.of() : counts(reserved.genericResources()),
                ports.stream().filter(PortConfig::onHost)
                        .map(port -> port.protocolOrDefault() + "/" + port.publishedPort()).toList(),
                placement.maxReplicas());
    }

    /// A kind's count: the sum of its discrete values, and one for each name.
    static Map<String, Long> counts(List<GenericResource> resources) {
        Map<String, Long> counts = new TreeMap<>();
        for (GenericResource resource : resources) {
            GenericResource.Discrete discrete = resource.discreteResourceSpec();
            GenericResource.Named named = resource.namedResourceSpec();
            if (discrete != null) {
                counts.merge(discrete.kind(), discrete.value(), Long::sum);
            } else if (named != null) {
                counts.merge(named.kind(), 1L, Long::sum);
            }
        }
        return counts;
    }

    boolean constraintsMatch(Node node) {
        return constraints.stream().allMatch(constraint -> constraint.matches(node));
    }

    boolean platformsMatch(Node node) {
        return platforms.stream().allMatch(wanted -> Platforms.runs(node, wanted));
    }

}
