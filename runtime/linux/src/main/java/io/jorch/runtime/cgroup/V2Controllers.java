package io.jorch.runtime.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A cgroup in the v2 hierarchy (kernel documentation, admin-guide/cgroup-v2). Stateless: all state is the kernel's.
///
/// @param directory its directory
/// @param available the controllers that are handed down to it
record V2Controllers(Path directory, Set<String> available) implements Controllers {
    private static final long PERIOD_MICROS = 100_000;

    V2Controllers {
        available = Set.copyOf(available);
    }

    @Override
    public List<Path> directories() {
        return List.of(directory);
    }

    @Override
    public List<LimitWrite> preparations() {
        return List.of();
    }

    @Override
    public List<LimitWrite> writes(CgroupLimits limits, boolean all) {
        List<LimitWrite> writes = new ArrayList<>();
        value(writes, "cpu", "a CPU limit", "cpu.max",
                limits.nanoCpus() > 0 ? limits.nanoCpus() / 10_000 + " " + PERIOD_MICROS : "",
                all ? "max " + PERIOD_MICROS : "");
        value(writes, "cpu", "CPU shares", "cpu.weight",
                limits.cpuShares() > 0 ? Long.toString(CpuWeight.ofShares(limits.cpuShares())) : "", all ? "100" : "");
        value(writes, "cpuset", "CpusetCpus", "cpuset.cpus", limits.cpus(), all ? "\n" : "");
        value(writes, "cpuset", "CpusetMems", "cpuset.mems", limits.memoryNodes(), all ? "\n" : "");
        memory(writes, limits, all);
        value(writes, "pids", "a limit of processes", "pids.max",
                limits.pids() > 0 ? Long.toString(limits.pids()) : "", all ? "max" : "");
        io(writes, limits);
        return writes;
    }

    private void memory(List<LimitWrite> writes, CgroupLimits limits, boolean all) {
        value(writes, "memory", "a memory limit", "memory.max",
                limits.memory() > 0 ? Long.toString(limits.memory()) : "", all ? "max" : "");
        value(writes, "memory", "MemoryReservation", "memory.low",
                limits.reservation() > 0 ? Long.toString(limits.reservation()) : "", all ? "0" : "");
        Path swap = directory.resolve("memory.swap.max");
        if (available.contains("memory") && Files.exists(swap)) {
            if (limits.memory() > 0 && limits.memorySwap() != CgroupLimits.UNLIMITED) {
                // v2 counts swap apart from memory.
                writes.add(new LimitWrite(swap, Long.toString(Math.max(0, limits.memorySwap() - limits.memory()))));
            } else if (all) {
                writes.add(new LimitWrite(swap, "max"));
            }
        } else if (limits.memorySwap() > 0) {
            throw MissingController.needed("memory with swap accounting (boot with swapaccount=1)", "MemorySwap");
        }
    }

    private void io(List<LimitWrite> writes, CgroupLimits limits) {
        if (limits.ioWeight() > 0) {
            need("io", "BlkioWeight");
            Path weight = directory.resolve("io.weight");
            // io.weight belongs to iocost, which a kernel may lack; bfq has a file of its own, in v1's range.
            writes.add(Files.exists(weight)
                    ? new LimitWrite(weight, "default " + CpuWeight.ofIo(limits.ioWeight()))
                    : new LimitWrite(directory.resolve("io.bfq.weight"), "default " + limits.ioWeight()));
        }
        for (IoThrottle throttle : limits.io()) {
            need("io", "an I/O limit");
            writes.add(new LimitWrite(directory.resolve("io.max"),
                    throttle.device() + " rbps=" + rate(throttle.readBytes()) + " wbps=" + rate(throttle.writeBytes())
                            + " riops=" + rate(throttle.readOperations()) + " wiops="
                            + rate(throttle.writeOperations())));
        }
    }

    private static String rate(long rate) {
        return rate == 0 ? "max" : Long.toString(rate);
    }

    private void value(List<LimitWrite> writes, String controller, String limit, String file, String value,
            String otherwise) {
        if (!value.isEmpty()) {
            need(controller, limit);
            writes.add(new LimitWrite(directory.resolve(file), value));
        } else if (!otherwise.isEmpty() && available.contains(controller)) {
            writes.add(new LimitWrite(directory.resolve(file), otherwise));
        }
    }

    private void need(String controller, String limit) {
        if (!available.contains(controller)) {
            throw MissingController.needed(controller, limit);
        }
    }

    @Override
    public List<String> throttledDevices() {
        if (!available.contains("io")) {
            return List.of();
        }
        List<String> devices = new ArrayList<>();
        for (String line : CgroupFiles.read(directory.resolve("io.max")).split("\n")) {
            if (!line.isEmpty()) {
                devices.add(line.split(" ")[0]);
            }
        }
        return devices;
    }

    @Override
    public TaskStats stats() {
        boolean memory = available.contains("memory");
        boolean pids = available.contains("pids");
        Path cpuStat = directory.resolve("cpu.stat");
        // usage, user and system are counted even without the controller.
        String cpu = CgroupFiles.read(cpuStat);
        return new TaskStats(CgroupFiles.keyed(cpuStat, cpu, "usage_usec") * 1000,
                CgroupFiles.keyed(cpuStat, cpu, "user_usec") * 1000,
                CgroupFiles.keyed(cpuStat, cpu, "system_usec") * 1000,
                CgroupFiles.keyed(cpuStat, cpu, "nr_throttled"),
                CgroupFiles.keyed(cpuStat, cpu, "throttled_usec") * 1000,
                memory ? CgroupFiles.number(directory.resolve("memory.current")) : 0,
                memory ? CgroupFiles.keyed(directory.resolve("memory.stat"), "inactive_file") : 0,
                memory ? CgroupFiles.number(directory.resolve("memory.max")) : Long.MAX_VALUE,
                pids ? CgroupFiles.number(directory.resolve("pids.current")) : 0,
                pids ? CgroupFiles.number(directory.resolve("pids.max")) : Long.MAX_VALUE,
                memory ? CgroupFiles.keyed(directory.resolve("memory.events"), "oom_kill") : 0);
    }

    @Override
    public Optional<Path> oomFile() {
        return available.contains("memory") ? Optional.of(directory.resolve("memory.events")) : Optional.empty();
    }
}
