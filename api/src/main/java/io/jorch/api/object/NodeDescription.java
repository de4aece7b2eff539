package io.jorch.api.object;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import io.jorch.api.spec.GenericResource;
import io.jorch.api.spec.Platform;
import java.util.List;
import java.util.Map;

/// What a node says of itself: Docker's `NodeDescription`.
///
/// @param nanoCPUs,memoryBytes what the scheduler may hand out
/// @param idsInUse host id ranges that the node's subuid, subgid or passwd already own: never given to a service
public record NodeDescription(String hostname, Platform platform, @JsonProperty("NanoCPUs") long nanoCPUs,
        long memoryBytes, List<GenericResource> genericResources, String engineVersion,
        Map<String, String> engineLabels, List<IdRange> idsInUse) {
    public NodeDescription {
        hostname = Absent.text(hostname);
        genericResources = Absent.list(genericResources);
        engineVersion = Absent.text(engineVersion);
        engineLabels = Absent.map(engineLabels);
        idsInUse = Absent.list(idsInUse);
    }
}
