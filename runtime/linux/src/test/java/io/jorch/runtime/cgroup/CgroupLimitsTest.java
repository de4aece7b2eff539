package io.jorch.runtime.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Limits become writes, and impossible ones are refused by field.
@Timeout(10)
class CgroupLimitsTest {
    private static final CgroupLimits FULL = CgroupLimits.DEVICES_ONLY.withCpus(1_500_000_000L, 1024, "0-1")
            .withMemory(64 << 20, 96 << 20, 32 << 20).withPids(100)
            .withIo(100, List.of(new IoThrottle(254, 0, 1 << 20, 0, 0, 50)));

    @TempDir
    Path directory;

    @Test
    void v1WritesThemInTheOrderTheKernelTakes() throws IOException {
        Files.writeString(directory.resolve("memory.memsw.limit_in_bytes"), "");
        Files.writeString(directory.resolve("blkio.bfq.weight"), "");
        V1Controllers v1 = new V1Controllers(Map.of("cpu", directory, "cpuset", directory, "memory", directory,
                "pids", directory, "blkio", directory), directory);
        assertEquals(List.of("cpu.cfs_period_us=100000", "cpu.cfs_quota_us=150000", "cpu.shares=1024",
                "cpuset.cpus=0-1", "memory.limit_in_bytes=67108864", "memory.memsw.limit_in_bytes=100663296",
                "memory.soft_limit_in_bytes=33554432", "pids.max=100", "blkio.bfq.weight=100",
                "blkio.throttle.read_bps_device=254:0 1048576", "blkio.throttle.write_bps_device=254:0 0",
                "blkio.throttle.read_iops_device=254:0 0", "blkio.throttle.write_iops_device=254:0 50"),
                texts(v1.writes(FULL, false)));
        assertEquals(List.of(directory), v1.directories());
    }

    @Test
    void v2WritesThem() throws IOException {
        Files.writeString(directory.resolve("memory.swap.max"), "");
        Files.writeString(directory.resolve("io.weight"), "");
        V2Controllers v2 = new V2Controllers(directory, Set.copyOf(Cgroups.WANTED));
        assertEquals(List.of("cpu.max=150000 100000", "cpu.weight=100", "cpuset.cpus=0-1", "memory.max=67108864",
                "memory.low=33554432", "memory.swap.max=33554432", "pids.max=100", "io.weight=default 910",
                "io.max=254:0 rbps=1048576 wbps=max riops=max wiops=50"), texts(v2.writes(FULL, false)));
    }

    @Test
    void aMemoryLimitAloneMeansNoSwap() throws IOException {
        Files.writeString(directory.resolve("memory.swap.max"), "");
        Files.writeString(directory.resolve("memory.memsw.limit_in_bytes"), "");
        CgroupLimits limits = CgroupLimits.DEVICES_ONLY.withMemory(64 << 20, 0, 0);
        assertTrue(texts(new V2Controllers(directory, Set.of("memory")).writes(limits, false))
                .contains("memory.swap.max=0"));
        assertTrue(texts(new V1Controllers(Map.of("memory", directory), directory).writes(limits, false))
                .contains("memory.memsw.limit_in_bytes=67108864"));
        CgroupLimits unlimited = CgroupLimits.DEVICES_ONLY.withMemory(64 << 20, CgroupLimits.UNLIMITED, 0);
        assertEquals(List.of("memory.max=67108864"),
                texts(new V2Controllers(directory, Set.of("memory")).writes(unlimited, false)));
    }

    @Test
    void anUpdateAlsoWritesWhatIsNotLimitedAnyMore() throws IOException {
        Files.writeString(directory.resolve("memory.swap.max"), "");
        V2Controllers v2 = new V2Controllers(directory, Set.copyOf(Cgroups.WANTED));
        assertEquals(List.of("cpu.max=max 100000", "cpu.weight=100", "cpuset.cpus=\n", "cpuset.mems=\n",
                "memory.max=max", "memory.low=0", "memory.swap.max=max", "pids.max=max"),
                texts(v2.writes(CgroupLimits.DEVICES_ONLY, true)));
    }

    @ParameterizedTest
    @CsvSource({"cpu,a CPU limit", "memory,a memory limit", "pids,a limit of processes", "io,an I/O limit"})
    void aLimitWhoseControllerIsMissingIsRefusedInWords(String controller, String words) {
        CgroupLimits limits = switch (controller) {
            case "cpu" -> CgroupLimits.DEVICES_ONLY.withCpus(1_000_000_000, 0, "");
            case "memory" -> CgroupLimits.DEVICES_ONLY.withMemory(64 << 20, 0, 0);
            case "pids" -> CgroupLimits.DEVICES_ONLY.withPids(5);
            default -> CgroupLimits.DEVICES_ONLY.withIo(0, List.of(new IoThrottle(8, 0, 1, 0, 0, 0)));
        };
        for (Controllers none : List.of(new V2Controllers(directory, Set.of()),
                new V1Controllers(Map.of(), directory))) {
            JorchException refused = assertThrows(JorchException.class, () -> none.writes(limits, false));
            assertEquals(ErrorCode.UNSUPPORTED, refused.code());
            assertTrue(refused.getMessage().startsWith(words), refused.getMessage());
            assertEquals(List.of(), none.writes(CgroupLimits.DEVICES_ONLY, false));
        }
    }

    @ParameterizedTest
    @CsvSource({"2,1", "1024,100", "262144,10000", "300000,10000", "512,59", "2048,174"})
    void sharesBecomeWeightsOnTheCommonCurve(long shares, long weight) {
        assertEquals(weight, CpuWeight.ofShares(shares));
    }

    @ParameterizedTest
    @CsvSource({"10,1", "1000,10000", "500,4950"})
    void ioWeights(int v1, long v2) {
        assertEquals(v2, CpuWeight.ofIo(v1));
    }

    @Test
    void impossibleLimitsAreRefusedByField() {
        CgroupLimits none = CgroupLimits.DEVICES_ONLY;
        assertEquals("NanoCPUs", field(() -> none.withCpus(9_999_999, 0, "")));
        assertEquals("CpuShares", field(() -> none.withCpus(0, 1, "")));
        assertEquals("CpusetCpus", field(() -> none.withCpus(0, 0, "0-1\n0")));
        assertEquals("MemoryBytes", field(() -> none.withMemory(1 << 20, 0, 0)));
        assertEquals("MemorySwap", field(() -> none.withMemory(64 << 20, 32 << 20, 0)));
        assertEquals("MemorySwap", field(() -> none.withMemory(0, 32 << 20, 0)));
        assertEquals("MemoryReservation", field(() -> none.withMemory(64 << 20, 0, 65 << 20)));
        assertEquals("Pids", field(() -> none.withPids(-1)));
        assertEquals("BlkioWeight", field(() -> none.withIo(5, List.of())));
        assertEquals("Devices.CgroupPermissions",
                field(() -> DeviceRule.parse(DeviceRule.Type.BLOCK, 8, 0, "rx")));
        assertEquals("cgroup task id", field(() -> new CgroupName("n1", "../x")));
        assertEquals("cgroup node id", field(() -> new CgroupName("", "x")));
    }

    private static String field(Executable executable) {
        return assertThrows(JorchException.class, executable).field();
    }

    private static List<String> texts(List<LimitWrite> writes) {
        return writes.stream().map(write -> write.file().getFileName() + "=" + write.value()).toList();
    }
}
