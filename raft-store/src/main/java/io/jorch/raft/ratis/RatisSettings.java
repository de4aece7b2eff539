package io.jorch.raft.ratis;

import io.jorch.raft.engine.EngineConfig;
import io.jorch.raft.engine.PeerTls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/// Every setting of Ratis that jorch changes, and why. Nothing about flushing is touched: the defaults fsync each batch
/// before it is acknowledged.
final class RatisSettings {

    /// Log entries kept behind a snapshot, so that a follower that was away for a moment needs no snapshot.
    private static final long KEPT_BEHIND_SNAPSHOT = 4_096;
    private static final int KEPT_SNAPSHOTS = 2;
    private static final int OVERHEAD = 64 << 10;
    private static final String EVENT_LOOPS = "org.apache.ratis.thirdparty.io.netty.eventLoopThreads";

    private RatisSettings() {
    }

    static RaftProperties properties(EngineConfig config) {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(config.directory().toFile()));
        timing(properties, config.timing());
        log(properties, config.limits());
        snapshots(properties, config.limits());
        threads(properties);
        network(properties, config);
        return properties;
    }

    private static void timing(RaftProperties properties, EngineConfig.Timing timing) {
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, duration(timing.electionMin()));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, duration(timing.electionMax()));
        // The first election needs no long wait: a lone member leads at once, and the pre-vote protects a living leader.
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, duration(timing.electionMin().dividedBy(4)));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, duration(timing.electionMax().dividedBy(2)));
        RaftServerConfigKeys.Rpc.setRequestTimeout(properties, duration(timing.electionMax().multipliedBy(2)));
        // A joiner that can't be reached must not block every later change of membership.
        RaftServerConfigKeys.setStagingTimeout(properties, duration(timing.requestTimeout()));
        RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
        RaftServerConfigKeys.Read.setTimeout(properties, duration(timing.requestTimeout()));
        // Ratis must never end a paused JVM's engine for good (60 s by default): a laptop lid, a VM snapshot.
        RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(36_500, TimeUnit.DAYS));
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, duration(timing.requestTimeout()));
        // Replies are never asked for again: every proposal has its own call id.
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.valueOf(1, TimeUnit.SECONDS));
    }

    private static void log(RaftProperties properties, EngineConfig.Limits limits) {
        int largestRecord = limits.maxEntryBytes() + OVERHEAD;
        // Must hold at least one record. Allocated once, off the heap (8 MB by default).
        RaftServerConfigKeys.Log.setWriteBufferSize(properties, SizeInBytes.valueOf(largestRecord + 16L));
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf(largestRecord));
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(limits.segmentBytes()));
        // Zeros are really written ahead, so a large value costs a small cluster 4 MB of writes for nothing.
        RaftServerConfigKeys.Log.setPreallocatedSize(properties,
                SizeInBytes.valueOf(Math.min(1 << 20, limits.segmentBytes())));
        // Entries of closed segments are read from disk again when a follower needs them (200 MB cached by default).
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf(2L * limits.segmentBytes()));
        RaftServerConfigKeys.Log.setQueueByteLimit(properties, SizeInBytes.valueOf(4L * largestRecord));
        RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf(Math.max(16L << 20, 4L * largestRecord)));
        RaftServerConfigKeys.Log.setCorruptionPolicy(properties,
                RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
    }

    private static void snapshots(RaftProperties properties, EngineConfig.Limits limits) {
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, limits.snapshotEntries());
        RaftServerConfigKeys.Snapshot.setCreationGap(properties, 1);
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, KEPT_SNAPSHOTS);
        // Stopping must be quick; the log is replayed at the next start.
        RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        RaftServerConfigKeys.Log.setPurgePreservationLogNum(properties,
                Math.min(KEPT_BEHIND_SNAPSHOT, limits.snapshotEntries()));
        RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
        RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(properties, SizeInBytes.valueOf(1 << 20));
    }

    private static void threads(RaftProperties properties) {
        // One client thread keeps proposals in the order they were made: later ones build on earlier ones in flight.
        RaftServerConfigKeys.ThreadPool.setClientCached(properties, true);
        RaftServerConfigKeys.ThreadPool.setClientSize(properties, 1);
        RaftServerConfigKeys.ThreadPool.setServerCached(properties, true);
        RaftServerConfigKeys.ThreadPool.setServerSize(properties, 4);
        RaftServerConfigKeys.ThreadPool.setProxyCached(properties, true);
        RaftServerConfigKeys.ThreadPool.setProxySize(properties, 2);
        // Event loops of its own would cost a member three threads and 2 s of quiet period at its end; the shared ones
        // are one for accepting and, per core, up to two for data: one will do (see reduceEventLoops).
        // Serves only requests of remote clients, which are refused (see PeersOnly).
        GrpcConfigKeys.Server.setAsyncRequestThreadPoolCached(properties, true);
        GrpcConfigKeys.Server.setAsyncRequestThreadPoolSize(properties, 1);
    }

    /// Must run before the first class of Ratis' Netty is loaded; a setting of the operator wins.
    static void reduceEventLoops() {
        if (System.getProperty(EVENT_LOOPS) == null) {
            System.setProperty(EVENT_LOOPS, "1");
        }
    }

    private static void network(RaftProperties properties, EngineConfig config) {
        // Without a host it would listen on every address of the machine.
        GrpcConfigKeys.Server.setHost(properties, config.self().host());
        GrpcConfigKeys.Server.setPort(properties, config.self().port());
        int largestMessage = Math.max(4 << 20, 2 * (config.maxEntryBytes() + OVERHEAD));
        GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf(largestMessage));
    }

    static Parameters parameters(EngineConfig config) {
        Parameters parameters = new Parameters();
        GrpcConfigKeys.Server.setServicesCustomizer(parameters, new PeersOnly());
        PeerTls tls = config.tls();
        if (tls != null) {
            GrpcConfigKeys.TLS.setConf(parameters, new GrpcTlsConfig(tls.keys(), tls.trust(), true));
        }
        return parameters;
    }

    static TimeDuration duration(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
