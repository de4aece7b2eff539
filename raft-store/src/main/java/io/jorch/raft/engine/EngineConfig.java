package io.jorch.raft.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All an engine needs to know to start.
///
/// @param clusterId     the cluster's id: which group this is
/// @param self          this member; the engine listens on exactly its host and port
/// @param directory     where the log and the snapshots live (`DATA/raft`), made with mode 0700 if absent
/// @param initialPeers  the members of a group that starts new (one, as a rule). Empty for a joiner, which waits until a
///                      leader adds it. Ignored when the directory already holds a group
/// @param timing        how long things may take
/// @param limits        sizes
/// @param tls           how members prove themselves to each other, or null for plaintext (tests on loopback only)
public record EngineConfig(String clusterId, Member self, Path directory, List<Member> initialPeers, Timing timing,
        Limits limits, @Nullable PeerTls tls) {

    public EngineConfig {
        Objects.requireNonNull(clusterId);
        Objects.requireNonNull(self);
        Objects.requireNonNull(directory);
        initialPeers = List.copyOf(initialPeers);
        if (!initialPeers.isEmpty() && initialPeers.stream().noneMatch(peer -> peer.id().equals(self.id()))) {
            throw new IllegalArgumentException("the initial peers must include this member, id=" + self.id());
        }
    }

    /// The first member of a new cluster.
    public static EngineConfig first(String clusterId, Member self, Path directory) {
        return new EngineConfig(clusterId, self, directory, List.of(self), Timing.DEFAULT, Limits.DEFAULT, null);
    }

    /// A member that a leader will add.
    public static EngineConfig joiner(String clusterId, Member self, Path directory) {
        return new EngineConfig(clusterId, self, directory, List.of(), Timing.DEFAULT, Limits.DEFAULT, null);
    }

    public EngineConfig withTiming(Timing newTiming) {
        return new EngineConfig(clusterId, self, directory, initialPeers, newTiming, limits, tls);
    }

    public EngineConfig withLimits(Limits newLimits) {
        return new EngineConfig(clusterId, self, directory, initialPeers, timing, newLimits, tls);
    }

    public EngineConfig withTls(PeerTls newTls) {
        return new EngineConfig(clusterId, self, directory, initialPeers, timing, limits, newTls);
    }

    /// The largest entry that [RaftEngine#propose] takes, in bytes.
    public int maxEntryBytes() {
        return limits.maxEntryBytes();
    }

    /// @param electionMin    a follower that hears nothing for a random time between this and the next calls an election
    /// @param electionMax    upper end, greater than `electionMin`
    /// @param requestTimeout after this a proposal is answered `Unknown`, any other call fails as `UNAVAILABLE`
    public record Timing(Duration electionMin, Duration electionMax, Duration requestTimeout) {

        /// For managers in one room or one region; a worker notices silence after 3 s, a manager must be faster.
        public static final Timing DEFAULT = new Timing(Duration.ofMillis(600), Duration.ofMillis(1_000),
                Duration.ofSeconds(10));

        public Timing {
            if (electionMin.isNegative() || electionMin.isZero() || electionMax.compareTo(electionMin) <= 0
                    || requestTimeout.compareTo(electionMax) <= 0) {
                throw new IllegalArgumentException("timing must hold 0 < electionMin < electionMax < requestTimeout");
            }
        }
    }

    /// @param maxEntryBytes    largest entry
    /// @param segmentBytes     size at which a new log file begins
    /// @param snapshotEntries  a snapshot is taken each time this many entries have been applied since the last one
    public record Limits(int maxEntryBytes, int segmentBytes, long snapshotEntries) {

        public static final Limits DEFAULT = new Limits(2 << 20, 8 << 20, 10_000);

        public Limits {
            if (maxEntryBytes < 1 || segmentBytes < maxEntryBytes || snapshotEntries < 1) {
                throw new IllegalArgumentException("limits must hold 1 <= maxEntryBytes <= segmentBytes, 1 <= snapshotEntries");
            }
        }
    }
}
