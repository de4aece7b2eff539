package io.jorch.runtime.cgroup;

import io.jorch.api.error.JorchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Makes a cgroup all or nothing.
final class CgroupCreation {
    private CgroupCreation() {
    }

    /// @param devices puts the device rules into force, the last step
    static TaskCgroup create(CgroupName name, Controllers controllers, Path unified, CgroupLimits limits,
            Consumer<List<DeviceRule>> devices) {
        List<Path> made = new ArrayList<>();
        try {
            for (Path directory : controllers.directories()) {
                CgroupFiles.make(directory.getParent());
                if (!CgroupFiles.make(directory)) {
                    throw JorchException.conflict("cgroup " + directory + " exists: sweep or remove it first");
                }
                made.addFirst(directory);
            }
            controllers.preparations().forEach(LimitWrite::apply);
            controllers.writes(limits, false).forEach(LimitWrite::apply);
            if (!limits.everyDevice()) {
                devices.accept(limits.devices());
            }
            return new TaskCgroup(name, controllers, unified);
        } catch (RuntimeException failure) {
            made.forEach(directory -> undo(directory, failure));
            throw failure;
        }
    }

    private static void undo(Path directory, RuntimeException failure) {
        try {
            CgroupFiles.remove(directory);
        } catch (CgroupException second) {
            failure.addSuppressed(second);
        }
    }

    /// Removes a directory if it is empty; one that others still use stays.
    static void removeIfUnused(Path parent) {
        if (CgroupFiles.children(parent).isEmpty()) {
            try {
                CgroupFiles.remove(parent);
            } catch (CgroupException used) {
                if (!used.errno().equals("EBUSY") && !used.errno().equals("ENOTEMPTY")) {
                    throw used;
                }
            }
        }
    }
}
