package io.jorch.runtime.cgroup;

import io.jorch.runtime.linux.BpfCalls;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;
import java.nio.file.Path;
import java.util.List;

/// Puts device rules into force, by v1's files or v2's program.
final class DeviceFilter {
    private DeviceFilter() {
    }

    /// @param controller the cgroup's directory under v1's devices controller
    static void applyV1(Path controller, List<DeviceRule> rules) {
        CgroupFiles.write(controller.resolve("devices.deny"), "a");
        for (DeviceRule rule : rules) {
            CgroupFiles.write(controller.resolve("devices.allow"), rule.line());
        }
    }

    /// @param unified the cgroup's directory in the v2 hierarchy
    static void applyV2(Path unified, List<DeviceRule> rules) {
        try (Fd program = BpfCalls.loadDeviceFilter(EbpfDeviceProgram.compile(rules));
                Fd cgroup = FdCalls.open(unified, FdCalls.O_RDONLY | FdCalls.O_DIRECTORY)) {
            BpfCalls.attachDeviceFilter(cgroup, program);
        }
    }
}
