package io.jorch.api.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Docker's `SwarmSpec`: the cluster's settings.
public record SwarmSpec(String name, Map<String, String> labels, @Nullable Orchestration orchestration,
        @Nullable Raft raft, @Nullable Dispatcher dispatcher, @JsonProperty("CAConfig") @Nullable CaConfig caConfig,
        @Nullable EncryptionConfig encryptionConfig, @Nullable TaskDefaults taskDefaults) {
    public SwarmSpec {
        name = Absent.text(name);
        labels = Absent.map(labels);
    }

    public record Orchestration(@Nullable Long taskHistoryRetentionLimit) {
    }

    public record Raft(long snapshotInterval, @Nullable Long keepOldSnapshots, long logEntriesForSlowFollowers,
            int electionTick, int heartbeatTick) {
    }

    /// @param heartbeatPeriod nanoseconds
    public record Dispatcher(long heartbeatPeriod) {
    }

    public record CaConfig(long nodeCertExpiry, @Nullable List<Map<String, Object>> externalCAs,
            @JsonProperty("SigningCACert") @Nullable String signingCaCert,
            @JsonProperty("SigningCAKey") @Nullable String signingCaKey, long forceRotate) {
    }

    public record EncryptionConfig(boolean autoLockManagers) {
    }

    public record TaskDefaults(@Nullable LogDriver logDriver) {
    }

    /// Tasks kept per slot for `service ps`: 5 unless set.
    public long taskHistory() {
        return orchestration == null || orchestration.taskHistoryRetentionLimit() == null
                ? 5
                : orchestration.taskHistoryRetentionLimit();
    }
}
