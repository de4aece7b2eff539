package io.jorch.worker.compose;

import io.jorch.api.error.JorchException;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.LogDriver;
import io.jorch.api.spec.Privileges;
import io.jorch.api.spec.TaskSpec;
import java.util.Set;

/// Refuses what this node can't honour, by the field's name: nothing of a spec is ever passed over in silence.
final class SpecGate {
    private static final String TASK = "TaskTemplate.";
    private static final String CONTAINER = "TaskTemplate.ContainerSpec.";
    private static final Set<String> IPC_SYSCTLS = Set.of("kernel.msgmax", "kernel.msgmnb", "kernel.msgmni",
            "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced");

    private SpecGate() {
    }

    static void check(TaskSpec spec, NodeRules rules) {
        refuseUnless(spec.runtime().isEmpty() || spec.runtime().equals("container"), TASK + "Runtime",
                "'" + spec.runtime() + "' is not supported: leave it out");
        checkLogDriver(spec.logDriver());
        ContainerSpec container = spec.containerSpec();
        refuseUnless(container.secrets().isEmpty(), CONTAINER + "Secrets", "are not supported by this node yet");
        refuseUnless(container.configs().isEmpty(), CONTAINER + "Configs", "are not supported by this node yet");
        refuseUnless(Set.of("", "default").contains(container.isolation()), CONTAINER + "Isolation",
                "is for Windows: leave it out");
        refuseUnless(!container.tty() || rules.terminal(), CONTAINER + "TTY", "is not supported: leave it out");
        refuseUnless(!container.openStdin() || rules.terminal(), CONTAINER + "OpenStdin",
                "is not supported: leave it out");
        refuseUnless(!Boolean.TRUE.equals(container.init()) || rules.initProcess(), CONTAINER + "Init",
                "is not supported: leave it out");
        refuseUnless(container.oomScoreAdj() >= 0 && container.oomScoreAdj() <= 1000, CONTAINER + "OomScoreAdj",
                container.oomScoreAdj() + " is not from 0 to 1000: a task can't be spared before the node's own services");
        container.sysctls().keySet().forEach(SpecGate::checkSysctl);
        checkPrivileges(container.privileges(), rules);
    }

    private static void checkLogDriver(@org.jspecify.annotations.Nullable LogDriver driver) {
        if (driver == null) {
            return;
        }
        refuseUnless(Set.of("", "json-file", "local", "none").contains(driver.name()), TASK + "LogDriver.Name",
                "'" + driver.name() + "' is not supported: use json-file, local or none");
        for (String option : driver.options().keySet()) {
            refuseUnless(Set.of("max-size", "max-file").contains(option), TASK + "LogDriver.Options." + option,
                    "is not supported: use max-size and max-file");
        }
    }

    /// Sysctls that are the task's own: its network's and its IPC namespace's. All others are the node's (Docker,
    /// `runconfig/opts`).
    private static void checkSysctl(String name) {
        refuseUnless(name.startsWith("net.") || name.startsWith("fs.mqueue.") || IPC_SYSCTLS.contains(name),
                CONTAINER + "Sysctls." + name, "is not a task's own: it would change the whole node");
    }

    private static void checkPrivileges(@org.jspecify.annotations.Nullable Privileges privileges, NodeRules rules) {
        if (privileges == null) {
            return;
        }
        String field = CONTAINER + "Privileges.";
        refuseUnless(privileges.credentialSpec() == null, field + "CredentialSpec", "is for Windows: leave it out");
        Privileges.SeLinuxContext label = privileges.seLinuxContext();
        refuseUnless(label == null || !label.disable() && blank(label.user()) && blank(label.role())
                && blank(label.type()) && blank(label.level()), field + "SELinuxContext", "is not supported");
        Privileges.Seccomp seccomp = privileges.seccomp();
        if (seccomp != null) {
            refuseUnless(!"custom".equals(seccomp.mode()), field + "Seccomp.Profile", "is not supported: use default");
            refuseUnless(!"unconfined".equals(seccomp.mode()) || rules.unconfined(), field + "Seccomp.Mode",
                    "unconfined is refused: this node runs confined tasks only (node setting allow-unconfined)");
        }
        Privileges.AppArmor appArmor = privileges.appArmor();
        refuseUnless(appArmor == null || !"disabled".equals(appArmor.mode()), field + "AppArmor.Mode",
                "disabled is refused: leave it out");
        refuseUnless(!Boolean.FALSE.equals(privileges.noNewPrivileges()) || rules.unconfined(),
                field + "NoNewPrivileges",
                "false is refused: this node runs confined tasks only (node setting allow-unconfined)");
    }

    private static boolean blank(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static void refuseUnless(boolean fine, String field, String problem) {
        if (!fine) {
            throw JorchException.invalid(field, problem);
        }
    }
}
