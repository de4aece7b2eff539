package io.jorch.runtime.check;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.cgroup.Cgroups;
import java.util.Set;
import java.util.TreeSet;

/// Which control groups there are.
final class CgroupCheck {
    private CgroupCheck() {
    }

    static Finding run() {
        try {
            Cgroups cgroups = Cgroups.detect();
            return judge(cgroups.version(), cgroups.available());
        } catch (JorchException none) {
            return Finding.missing("cgroups", JorchException.describe(none),
                    "tasks could not be limited, and not be stopped for sure", "mount them, e.g. by booting systemd");
        }
    }

    static Finding judge(int version, Set<String> available) {
        String which = version == 2 ? "v2" : "v1 with a v2 tree beside it";
        Set<String> lacking = new TreeSet<>(Cgroups.WANTED);
        lacking.removeAll(available);
        return lacking.isEmpty()
                ? Finding.ok("cgroups", which + ", all controllers")
                : Finding.degraded("cgroups", which + ", without " + String.join(", ", lacking),
                        "tasks whose limits need them are refused",
                        version == 2
                                ? "boot with cgroup_enable=memory, or have them delegated (systemd: Delegate=yes)"
                                : "mount the controllers, or boot with systemd.unified_cgroup_hierarchy=1");
    }
}
