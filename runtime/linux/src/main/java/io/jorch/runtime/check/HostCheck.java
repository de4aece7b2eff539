package io.jorch.runtime.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks at this machine. Everything is tried where trying is possible (a throw-away namespace, a throw-away mount),
/// because versions and module lists say what a kernel should do, not what it does here. It leaves nothing behind.
public final class HostCheck {
    private HostCheck() {
    }

    /// @param data the folder that is to hold jorch's data; it may not exist yet
    public static HostReport run(Path data) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(KernelCheck.run());
        findings.addAll(PrivilegeCheck.run());
        findings.add(ContainerProbe.finding(ContainerProbe.run(MachineCheck.existing(data))));
        findings.add(CgroupCheck.run());
        findings.addAll(ConfinementCheck.run());
        findings.addAll(NetworkCheck.run());
        findings.addAll(MachineCheck.run(data));
        findings.add(IdRanges.finding(IdRanges.ofHost()));
        return new HostReport(findings);
    }
}
