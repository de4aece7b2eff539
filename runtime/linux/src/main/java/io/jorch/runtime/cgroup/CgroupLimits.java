package io.jorch.runtime.cgroup;

import io.jorch.api.error.JorchException;
import java.util.List;
import java.util.regex.Pattern;

/// What a task may use. 0 (or the empty string or list) is no limit; the units are Docker's.
///
/// @param nanoCpus    billionths of a processor
/// @param cpuShares   weight among neighbours, 2…262,144; 1024 is one container's fair share
/// @param cpus        processors to run on, e.g. `0-2,4`
/// @param memoryNodes NUMA nodes to take memory from
/// @param memory      bytes
/// @param memorySwap  bytes of memory and swap together; [#UNLIMITED]; 0 with a memory limit: no swap at all
/// @param reservation bytes kept from reclaim while the node is short of memory
/// @param pids        threads and processes
/// @param ioWeight    weight among neighbours, 10…1000
/// @param io          limits per block device
/// @param devices     what may be opened; everything else is refused
public record CgroupLimits(long nanoCpus, long cpuShares, String cpus, String memoryNodes, long memory,
        long memorySwap, long reservation, long pids, int ioWeight, List<IoThrottle> io, List<DeviceRule> devices) {
    public static final long UNLIMITED = -1;

    /// A hundredth of a processor: the kernel's least quota, 1 ms in 100 ms.
    private static final long LEAST_NANO_CPUS = 10_000_000;
    /// Below, not even the process that starts the program fits.
    private static final long LEAST_MEMORY = 6L << 20;
    private static final Pattern LIST = Pattern.compile("(\\d+(-\\d+)?(,\\d+(-\\d+)?)*)?");

    /// Nothing limited but the devices.
    public static final CgroupLimits DEVICES_ONLY = new CgroupLimits(0, 0, "", "", 0, 0, 0, 0, 0, List.of(),
            DeviceRule.DEFAULTS);
    /// Nothing limited at all: for our own processes.
    static final CgroupLimits NONE = new CgroupLimits(0, 0, "", "", 0, 0, 0, 0, 0, List.of(),
            List.of(DeviceRule.EVERYTHING));

    public CgroupLimits {
        io = List.copyOf(io);
        devices = List.copyOf(devices);
        check(nanoCpus == 0 || nanoCpus >= LEAST_NANO_CPUS, "NanoCPUs", nanoCpus, "at least 10000000 (0.01 CPU)");
        check(cpuShares == 0 || cpuShares >= 2 && cpuShares <= 262_144, "CpuShares", cpuShares, "2 to 262144");
        check(memory == 0 || memory >= LEAST_MEMORY, "MemoryBytes", memory, "at least 6291456 (6 MiB)");
        check(memorySwap >= UNLIMITED, "MemorySwap", memorySwap, "-1 or more");
        check(memorySwap <= 0 || memory > 0, "MemorySwap", memorySwap, "set only together with a memory limit");
        check(memorySwap <= 0 || memorySwap >= memory, "MemorySwap", memorySwap, "memory and swap together, so at least "
                + memory);
        check(reservation >= 0 && (memory == 0 || reservation <= memory), "MemoryReservation", reservation,
                "at most the memory limit");
        check(pids >= 0, "Pids", pids, "0 or more");
        check(ioWeight == 0 || ioWeight >= 10 && ioWeight <= 1000, "BlkioWeight", ioWeight, "10 to 1000");
        checkList("CpusetCpus", cpus);
        checkList("CpusetMems", memoryNodes);
    }

    private static void check(boolean right, String field, long value, String range) {
        if (!right) {
            throw JorchException.invalid(field, value + " must be " + range);
        }
    }

    private static void checkList(String field, String value) {
        if (!LIST.matcher(value).matches()) {
            throw JorchException.invalid(field, "\"" + value + "\" is no list like 0-2,4");
        }
    }

    public CgroupLimits withCpus(long nano, long shares, String set) {
        return new CgroupLimits(nano, shares, set, memoryNodes, memory, memorySwap, reservation, pids, ioWeight, io,
                devices);
    }

    public CgroupLimits withMemory(long bytes, long withSwap, long reserved) {
        return new CgroupLimits(nanoCpus, cpuShares, cpus, memoryNodes, bytes, withSwap, reserved, pids, ioWeight, io,
                devices);
    }

    public CgroupLimits withPids(long most) {
        return new CgroupLimits(nanoCpus, cpuShares, cpus, memoryNodes, memory, memorySwap, reservation, most,
                ioWeight, io, devices);
    }

    public CgroupLimits withIo(int weight, List<IoThrottle> throttles) {
        return new CgroupLimits(nanoCpus, cpuShares, cpus, memoryNodes, memory, memorySwap, reservation, pids, weight,
                throttles, devices);
    }

    public CgroupLimits withDevices(List<DeviceRule> rules) {
        return new CgroupLimits(nanoCpus, cpuShares, cpus, memoryNodes, memory, memorySwap, reservation, pids,
                ioWeight, io, rules);
    }

    boolean everyDevice() {
        return devices.contains(DeviceRule.EVERYTHING);
    }
}
