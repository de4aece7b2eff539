package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import io.jorch.api.object.Cluster;
import io.jorch.api.spec.SwarmSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Docker's `Swarm`, and without the tokens its `ClusterInfo`.
///
/// @param dataPathPort UDP port of VXLAN
/// @param joinTokens null: not shown here
public record SwarmView(@JsonProperty("ID") String id, ObjectVersion version, Instant createdAt, Instant updatedAt,
        SwarmSpec spec, @JsonProperty("TLSInfo") @Nullable TlsInfo tlsInfo, boolean rootRotationInProgress,
        List<String> defaultAddrPool, int subnetSize, int dataPathPort, @Nullable JoinTokens joinTokens) {
    public SwarmView {
        defaultAddrPool = Absent.list(defaultAddrPool);
    }

    public record JoinTokens(String worker, String manager) {
        /// Never the tokens: whoever has one can join.
        @Override
        public String toString() {
            return "JoinTokens[***]";
        }
    }

    /// What `/swarm` answers, tokens included, as in Docker.
    public static SwarmView of(Cluster cluster, @Nullable TlsInfo tlsInfo, int dataPathPort) {
        return of(cluster, tlsInfo, dataPathPort, new JoinTokens(cluster.workerToken(), cluster.managerToken()));
    }

    /// What `/info` answers.
    public static SwarmView withoutTokens(Cluster cluster, @Nullable TlsInfo tlsInfo, int dataPathPort) {
        return of(cluster, tlsInfo, dataPathPort, null);
    }

    private static SwarmView of(Cluster cluster, @Nullable TlsInfo tlsInfo, int dataPathPort,
            @Nullable JoinTokens tokens) {
        return new SwarmView(cluster.id(), ObjectVersion.of(cluster.meta()), cluster.meta().createdAt(),
                cluster.meta().updatedAt(), withoutKey(cluster.spec()), tlsInfo, false, cluster.addressPools(),
                cluster.subnetSize(), dataPathPort, tokens);
    }

    /// The signing key goes in and never comes out (swarmkit redacts it too).
    private static SwarmSpec withoutKey(SwarmSpec spec) {
        SwarmSpec.CaConfig authority = spec.caConfig();
        return new SwarmSpec(spec.name().isEmpty() ? "default" : spec.name(), spec.labels(),
                new SwarmSpec.Orchestration(spec.taskHistory()), spec.raft(), spec.dispatcher(),
                authority == null
                        ? null
                        : new SwarmSpec.CaConfig(authority.nodeCertExpiry(), authority.externalCAs(),
                                authority.signingCaCert(), null, authority.forceRotate()),
                spec.encryptionConfig() == null ? new SwarmSpec.EncryptionConfig(false) : spec.encryptionConfig(),
                spec.taskDefaults());
    }
}
