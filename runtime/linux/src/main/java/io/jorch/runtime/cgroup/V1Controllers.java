package io.jorch.runtime.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A cgroup in v1 hierarchies (kernel documentation, admin-guide/cgroup-v1). Stateless: all state is the kernel's.
///
/// @param byController its directory under each controller
/// @param unified      its directory in the v2 tree beside them, which holds no controllers of ours
record V1Controllers(Map<String, Path> byController, Path unified) implements Controllers {
    private static final long PERIOD_MICROS = 100_000;
    private static final List<String> THROTTLES = List.of("read_bps_device", "write_bps_device", "read_iops_device",
            "write_iops_device");

    V1Controllers {
        byController = Map.copyOf(byController);
    }

    @Override
    public List<Path> directories() {
        // Controllers that share a hierarchy (cpu,cpuacct) share the directory.
        Set<Path> distinct = new LinkedHashSet<>(byController.values().stream().sorted().toList());
        distinct.add(unified);
        return List.copyOf(distinct);
    }

    /// A new cpuset is empty, and refuses processes until it has processors and memory nodes.
    @Override
    public List<LimitWrite> preparations() {
        Path cpuset = byController.get("cpuset");
        if (cpuset == null) {
            return List.of();
        }
        List<LimitWrite> writes = new ArrayList<>();
        Path parent = cpuset.getParent();
        for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
            String inherited = CgroupFiles.read(parent.getParent().resolve(file));
            if (CgroupFiles.read(parent.resolve(file)).isEmpty()) {
                writes.add(new LimitWrite(parent.resolve(file), inherited));
            }
            writes.add(new LimitWrite(cpuset.resolve(file), inherited));
        }
        return writes;
    }

    @Override
    public List<LimitWrite> writes(CgroupLimits limits, boolean all) {
        List<LimitWrite> writes = new ArrayList<>();
        if (limits.nanoCpus() > 0) {
            Path cpu = directory("cpu", "a CPU limit");
            writes.add(new LimitWrite(cpu.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS)));
            writes.add(new LimitWrite(cpu.resolve("cpu.cfs_quota_us"), Long.toString(limits.nanoCpus() / 10_000)));
        } else if (all && byController.containsKey("cpu")) {
            writes.add(new LimitWrite(byController.get("cpu").resolve("cpu.cfs_quota_us"), "-1"));
        }
        value(writes, "cpu", "CPU shares", "cpu.shares", limits.cpuShares(), all ? 1024 : 0);
        set(writes, "CpusetCpus", "cpuset.cpus", limits.cpus(), all);
        set(writes, "CpusetMems", "cpuset.mems", limits.memoryNodes(), all);
        memory(writes, limits, all);
        if (limits.pids() > 0) {
            writes.add(new LimitWrite(directory("pids", "a limit of processes").resolve("pids.max"),
                    Long.toString(limits.pids())));
        } else if (all && byController.containsKey("pids")) {
            writes.add(new LimitWrite(byController.get("pids").resolve("pids.max"), "max"));
        }
        io(writes, limits);
        return writes;
    }

    private void memory(List<LimitWrite> writes, CgroupLimits limits, boolean all) {
        if (limits.memory() == 0 && limits.reservation() == 0 && !all) {
            return;
        }
        if (limits.memory() == 0 && limits.reservation() == 0 && !byController.containsKey("memory")) {
            return;
        }
        Path memory = directory("memory", "a memory limit");
        Path both = memory.resolve("memory.memsw.limit_in_bytes");
        boolean swapCounted = Files.exists(both);
        if (limits.memorySwap() > 0 && !swapCounted) {
            throw MissingController.needed("memory with swap accounting (boot with swapaccount=1)", "MemorySwap");
        }
        // The kernel keeps memory ≤ memory and swap at every moment: out of the way first.
        if (all && swapCounted) {
            writes.add(new LimitWrite(both, "-1"));
        }
        if (limits.memory() > 0 || all) {
            long bytes = limits.memory() > 0 ? limits.memory() : CgroupLimits.UNLIMITED;
            writes.add(new LimitWrite(memory.resolve("memory.limit_in_bytes"), Long.toString(bytes)));
            long withSwap = limits.memorySwap() == 0 ? bytes : limits.memorySwap();
            if (swapCounted && withSwap > 0) {
                writes.add(new LimitWrite(both, Long.toString(withSwap)));
            }
        }
        if (limits.reservation() > 0 || all) {
            long bytes = limits.reservation() > 0 ? limits.reservation() : CgroupLimits.UNLIMITED;
            writes.add(new LimitWrite(memory.resolve("memory.soft_limit_in_bytes"), Long.toString(bytes)));
        }
    }

    private void io(List<LimitWrite> writes, CgroupLimits limits) {
        if (limits.ioWeight() > 0) {
            Path blkio = directory("blkio", "BlkioWeight");
            Path weight = blkio.resolve("blkio.weight");
            Path bfq = blkio.resolve("blkio.bfq.weight");
            if (!Files.exists(weight) && !Files.exists(bfq)) {
                throw MissingController.needed("blkio with a scheduler that knows weights (bfq)", "BlkioWeight");
            }
            writes.add(new LimitWrite(Files.exists(weight) ? weight : bfq, Integer.toString(limits.ioWeight())));
        }
        for (IoThrottle throttle : limits.io()) {
            Path blkio = directory("blkio", "an I/O limit");
            long[] rates = {throttle.readBytes(), throttle.writeBytes(), throttle.readOperations(),
                    throttle.writeOperations()};
            for (int index = 0; index < rates.length; index++) {
                // 0 takes a limit away, and does nothing where there is none.
                writes.add(new LimitWrite(blkio.resolve("blkio.throttle." + THROTTLES.get(index)),
                        throttle.device() + " " + rates[index]));
            }
        }
    }

    /// An unlimited set is its parent's: v1 knows no "all".
    private void set(List<LimitWrite> writes, String limit, String file, String value, boolean all) {
        if (!value.isEmpty()) {
            writes.add(new LimitWrite(directory("cpuset", limit).resolve(file), value));
        } else if (all && byController.containsKey("cpuset")) {
            Path cpuset = byController.get("cpuset");
            writes.add(new LimitWrite(cpuset.resolve(file), CgroupFiles.read(cpuset.getParent().resolve(file))));
        }
    }

    private void value(List<LimitWrite> writes, String controller, String limit, String file, long value, long other) {
        if (value > 0) {
            writes.add(new LimitWrite(directory(controller, limit).resolve(file), Long.toString(value)));
        } else if (other > 0 && byController.containsKey(controller)) {
            writes.add(new LimitWrite(byController.get(controller).resolve(file), Long.toString(other)));
        }
    }

    private Path directory(String controller, String limit) {
        Path directory = byController.get(controller);
        if (directory == null) {
            throw MissingController.needed(controller, limit);
        }
        return directory;
    }

    @Override
    public List<String> throttledDevices() {
        Path blkio = byController.get("blkio");
        if (blkio == null) {
            return List.of();
        }
        Set<String> devices = new LinkedHashSet<>();
        for (String file : THROTTLES) {
            for (String line : CgroupFiles.read(blkio.resolve("blkio.throttle." + file)).split("\n")) {
                if (!line.isEmpty()) {
                    devices.add(line.split(" ")[0]);
                }
            }
        }
        return List.copyOf(devices);
    }

    @Override
    public TaskStats stats() {
        return V1Stats.read(byController);
    }

    @Override
    public Optional<Path> oomFile() {
        return Optional.ofNullable(byController.get("memory")).map(memory -> memory.resolve("memory.oom_control"));
    }
}
