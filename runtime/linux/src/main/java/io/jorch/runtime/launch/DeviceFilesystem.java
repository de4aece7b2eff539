package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.FdCalls.AT_EMPTY_PATH;
import static io.jorch.runtime.linux.FdCalls.AT_SYMLINK_NOFOLLOW;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NOEXEC;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NOSUID;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.ScriptBuilder;

/// Emits the container's /dev: a tmpfs of its own made by the host's root, since a user namespace can neither make
/// device nodes nor open those on a tmpfs of its own. Nodes and links are those of the OCI runtime-spec
/// (config-linux.md, "Default Devices"; runtime-linux.md, "Dev symbolic links").
final class DeviceFilesystem {
    private static final int CHARACTER_DEVICE = 020000;
    private static final List<LaunchPlan.DevicePlan> STANDARD = List.of(new LaunchPlan.DevicePlan("null", 1, 3, 0666),
            new LaunchPlan.DevicePlan("zero", 1, 5, 0666), new LaunchPlan.DevicePlan("full", 1, 7, 0666),
            new LaunchPlan.DevicePlan("random", 1, 8, 0666), new LaunchPlan.DevicePlan("urandom", 1, 9, 0666),
            new LaunchPlan.DevicePlan("tty", 5, 0, 0666));
    private static final List<String> DIRECTORIES = List.of("pts", "shm", "mqueue");

    private final ScriptBuilder script;
    private final Mounting mounting;
    private final IdRange range;

    DeviceFilesystem(ScriptBuilder script, Mounting mounting, IdRange range) {
        this.script = script;
        this.mounting = mounting;
        this.range = range;
    }

    /// @return the slot of the detached mount
    Datum make(List<LaunchPlan.DevicePlan> extra) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("mode", "755");
        options.put("size", "65536");
        Datum dev = mounting.filesystem("make /dev", "tmpfs", options, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC);
        STANDARD.forEach(device -> node(dev, device));
        extra.forEach(device -> node(dev, device));
        for (String name : DIRECTORIES) {
            script.call("make /dev/" + name, Syscall.MKDIRAT, dev, name, 0755);
            own(dev, name);
        }
        links().forEach((name, target) -> {
            script.call("make /dev/" + name, Syscall.SYMLINKAT, target, dev, name);
            own(dev, name);
        });
        script.call("chown /dev", Syscall.FCHOWNAT, dev, "", range.hostBase(), range.hostBase(), AT_EMPTY_PATH);
        return dev;
    }

    private void node(Datum dev, LaunchPlan.DevicePlan device) {
        script.call("make /dev/" + device.name(), Syscall.MKNODAT, dev, device.name(),
                CHARACTER_DEVICE | device.permissions(), FdCalls.device(device.major(), device.minor()));
        own(dev, device.name());
    }

    private void own(Datum dev, String name) {
        script.call("chown /dev/" + name, Syscall.FCHOWNAT, dev, name, range.hostBase(), range.hostBase(),
                AT_SYMLINK_NOFOLLOW);
    }

    private static Map<String, String> links() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("fd", "/proc/self/fd");
        links.put("stdin", "/proc/self/fd/0");
        links.put("stdout", "/proc/self/fd/1");
        links.put("stderr", "/proc/self/fd/2");
        links.put("ptmx", "pts/ptmx");
        return links;
    }
}
