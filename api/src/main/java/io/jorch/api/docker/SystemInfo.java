package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.jorch.api.object.Cluster;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer of `GET /info`. Read by [io.jorch.api.json.Json#readTolerant]: clients take the parts they know.
///
/// @param id of the daemon: its node id
/// @param containers of this node, in three counts; jorch pauses none
/// @param driver how root filesystems are made
/// @param host what the machine is; its fields lie beside these
/// @param defaultAddressPools that networks are cut from
public record SystemInfo(@JsonProperty("ID") String id, int containers, int containersRunning, int containersPaused,
        int containersStopped, int images, String driver, List<List<String>> driverStatus, String dockerRootDir,
        Plugins plugins, @JsonUnwrapped Host host, Instant systemTime, String loggingDriver, String cgroupDriver,
        String cgroupVersion, @JsonProperty("OSType") String osType, RegistryConfig registryConfig, String name,
        List<String> labels, boolean experimentalBuild, String serverVersion, Map<String, RuntimeView> runtimes,
        String defaultRuntime, SwarmInfo swarm, boolean liveRestoreEnabled, String isolation,
        Commit containerdCommit, Commit runcCommit, Commit initCommit, List<String> securityOptions,
        List<AddressPool> defaultAddressPools,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> warnings) {

    public record Plugins(List<String> volume, List<String> network, List<String> log) {
    }

    /// What the kernel is and can. Limits are all there: jorch doesn't start on a kernel that lacks them.
    public record Host(boolean memoryLimit, boolean swapLimit, boolean cpuCfsPeriod, boolean cpuCfsQuota,
            @JsonProperty("CPUShares") boolean cpuShares, @JsonProperty("CPUSet") boolean cpuSet, boolean pidsLimit,
            boolean oomKillDisable, @JsonProperty("IPv4Forwarding") boolean forwarding, boolean debug, int nFd,
            int nGoroutines, int nEventsListener, String kernelVersion, String operatingSystem,
            @JsonProperty("OSVersion") String osVersion, String architecture, @JsonProperty("NCPU") int processors,
            long memTotal) {
    }

    /// jorch has no default registry but the one that familiar names mean.
    public record RegistryConfig(
            @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("InsecureRegistryCIDRs") List<String> insecure,
            @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, String> indexConfigs,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<String> mirrors) {
    }

    public record RuntimeView(@JsonProperty("path") String path) {
    }

    public record Commit(@JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("ID") String id) {
    }

    public record AddressPool(String base, int size) {
    }

    /// @param running,stopped this node's containers
    public record Counts(int running, int stopped, int images, int eventListeners) {
    }

    public static SystemInfo of(NodeFacts facts, SwarmInfo swarm, @Nullable Cluster cluster, Counts counts,
            Instant now) {
        Commit none = new Commit("");
        return new SystemInfo(swarm.nodeId(), counts.running() + counts.stopped(), counts.running(), 0,
                counts.stopped(), counts.images(), "overlay", List.of(List.of("Mounts", "idmapped")),
                facts.dataFolder(), new Plugins(List.of("local"), List.of("overlay"), List.of("json-file")),
                host(facts, counts), now, "json-file", "cgroupfs", facts.cgroupVersion(), "linux",
                new RegistryConfig(List.of(), Map.of(), List.of()), facts.hostname(), facts.labels(), false,
                facts.version(), Map.of("jorch", new RuntimeView("built in")), "jorch", swarm, true, "", none, none,
                none, facts.securityOptions(), pools(cluster), facts.warnings());
    }

    private static Host host(NodeFacts facts, Counts counts) {
        return new Host(true, true, true, true, true, true, true, false, true, false, 0, 0, counts.eventListeners(),
                facts.kernel(), facts.operatingSystem(), facts.osVersion(), facts.machine(), facts.processors(),
                facts.memoryBytes());
    }

    private static List<AddressPool> pools(@Nullable Cluster cluster) {
        return cluster == null
                ? List.of()
                : cluster.addressPools().stream().map(base -> new AddressPool(base, cluster.subnetSize())).toList();
    }
}
