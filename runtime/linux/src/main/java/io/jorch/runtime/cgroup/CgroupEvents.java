package io.jorch.runtime.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for changes of `cgroup.events`, of which the kernel tells by inotify.
final class CgroupEvents {
    private CgroupEvents() {
    }

    /// Waits until the condition holds, looking again at each event; answers whether it did in time.
    static boolean await(Path cgroup, Duration most, BooleanSupplier condition) {
        // Most waits are over before they begin: no inotify instance for those, of which a user may have only 128.
        if (condition.getAsBoolean()) {
            return true;
        }
        long end = System.nanoTime() + most.toNanos();
        try (WatchService watch = cgroup.getFileSystem().newWatchService()) {
            cgroup.register(watch, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
            while (!condition.getAsBoolean()) {
                WatchKey key = watch.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (key == null) {
                    return condition.getAsBoolean();
                }
                key.pollEvents();
                key.reset();
            }
            return true;
        } catch (IOException failure) {
            if (condition.getAsBoolean()) {
                return true;
            }
            throw CgroupException.access("watch", cgroup, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return condition.getAsBoolean();
        }
    }
}
