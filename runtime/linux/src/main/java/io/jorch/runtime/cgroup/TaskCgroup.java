package io.jorch.runtime.cgroup;

import io.jorch.api.error.JorchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The cgroup of one task. Holds no state of its own (all is the kernel's), so any thread may use it, and a restarted
/// daemon opens it again by name.
public final class TaskCgroup {
    private static final Logger LOG = LoggerFactory.getLogger(TaskCgroup.class);

    private final CgroupName name;
    private final Controllers controllers;
    private final Path unified;

    TaskCgroup(CgroupName name, Controllers controllers, Path unified) {
        this.name = name;
        this.controllers = controllers;
        this.unified = unified;
    }

    public CgroupName name() {
        return name;
    }

    /// One directory per hierarchy. A process belongs to the task once its pid is written to `cgroup.procs` in each;
    /// the v2 one comes last, so that it counts as populated only when the limits hold.
    public List<Path> joinDirectories() {
        return controllers.directories();
    }

    /// The files a process writes its pid to (`0` is itself), in the order of [#joinDirectories].
    public List<Path> joinFiles() {
        return controllers.directories().stream().map(directory -> directory.resolve("cgroup.procs")).toList();
    }

    /// The file with a line `oom_kill N`, of which the kernel tells by inotify on v2 only; empty without the memory
    /// controller.
    public Optional<Path> oomFile() {
        return controllers.oomFile();
    }

    /// The directory in the v2 hierarchy, e.g. for `CLONE_INTO_CGROUP`.
    public Path unified() {
        return unified;
    }

    /// Kills every process in it and below it at once, those being forked included. Does nothing if there are none.
    public void kill() {
        CgroupFiles.write(unified.resolve("cgroup.kill"), "1");
    }

    /// Stops every process until [#thaw]. They can still be killed.
    public void freeze() {
        CgroupFiles.write(unified.resolve("cgroup.freeze"), "1");
    }

    public void thaw() {
        CgroupFiles.write(unified.resolve("cgroup.freeze"), "0");
    }

    /// Whether all of its processes have stopped after [#freeze].
    public boolean frozen() {
        return event("frozen");
    }

    /// Whether any process is in it or below it. False once it is removed.
    public boolean populated() {
        return event("populated");
    }

    private boolean event(String key) {
        return Files.exists(unified) && CgroupFiles.keyed(unified.resolve("cgroup.events"), key) == 1;
    }

    /// Waits until no process is left; answers whether that came true in time.
    public boolean awaitEmpty(Duration most) {
        return CgroupEvents.await(unified, most, () -> !populated());
    }

    /// Waits until all processes have stopped; answers whether that came true in time.
    public boolean awaitFrozen(Duration most) {
        return CgroupEvents.await(unified, most, this::frozen);
    }

    /// How many of its processes the kernel killed for want of memory, since it was created.
    public long oomKills() {
        return controllers.oomFile().map(file -> CgroupFiles.keyed(file, "oom_kill")).orElse(0L);
    }

    public TaskStats stats() {
        return controllers.stats();
    }

    /// Puts other limits into force while it runs; what isn't limited any more is free again. All or nothing: when the
    /// kernel refuses one (a memory limit below what is used: EBUSY), the earlier values are written back. The devices
    /// stay as they were created.
    public void update(CgroupLimits limits) {
        List<LimitWrite> writes = new ArrayList<>(controllers.writes(lifted(limits), true));
        List<LimitWrite> earlier = new ArrayList<>();
        for (LimitWrite write : writes) {
            String value = isDeviceFile(write.file()) ? "" : CgroupFiles.read(write.file());
            try {
                write.apply();
            } catch (CgroupException failure) {
                restore(earlier);
                throw failure;
            }
            if (!value.isEmpty()) {
                earlier.addFirst(new LimitWrite(write.file(), value));
            }
        }
    }

    /// Adds a throttle of nothing for each device that has one now and none in the new limits.
    private CgroupLimits lifted(CgroupLimits limits) {
        List<IoThrottle> throttles = new ArrayList<>(limits.io());
        for (String device : controllers.throttledDevices()) {
            if (limits.io().stream().noneMatch(throttle -> throttle.device().equals(device))) {
                String[] numbers = device.split(":");
                throttles.add(new IoThrottle(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), 0, 0, 0, 0));
            }
        }
        return limits.withIo(limits.ioWeight(), throttles);
    }

    /// Files with a line per device aren't written back: a rate changed halfway harms nobody.
    private static boolean isDeviceFile(Path file) {
        String fileName = file.getFileName().toString();
        return fileName.startsWith("blkio.throttle") || fileName.equals("io.max") || fileName.contains("weight");
    }

    private void restore(List<LimitWrite> earlier) {
        for (LimitWrite write : earlier) {
            try {
                write.apply();
            } catch (CgroupException failure) {
                // The first failure is the one to report; this one only says that a value stayed changed.
                LOG.warn("cgroup={} restore={} error=\"{}\"", name.path(), write.file(), failure.getMessage());
            }
        }
    }

    /// Removes it in every hierarchy, with what the task made below it. It must be empty; one that is gone is fine.
    public void remove() {
        if (populated()) {
            throw JorchException.conflict("cgroup " + name.path() + " still has processes: kill it first");
        }
        for (Path directory : controllers.directories()) {
            CgroupFiles.remove(directory);
        }
    }
}
