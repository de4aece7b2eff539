package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.FdCalls.O_CLOEXEC;
import static io.jorch.runtime.linux.FdCalls.O_RDONLY;

import java.util.ArrayList;
import java.util.List;

import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.Label;
import io.jorch.runtime.script.Operand;
import io.jorch.runtime.script.ScriptBuilder;

/// Emits the last steps before a program runs in a container: descriptors, directory, ids, rights, execve. The order is
/// that of runc's standard_init_linux.go: what needs rights first, the filter last.
final class ProcessSteps {
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_RAISE = 2;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    /// CAP_CHECKPOINT_RESTORE, the highest up to Linux 6.18; kernels that know fewer answer EINVAL above theirs.
    private static final int LAST_CAPABILITY = 40;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ScriptBuilder script;
    private final ProcessPlan plan;

    ProcessSteps(ScriptBuilder script, ProcessPlan plan) {
        this.script = script;
        this.plan = plan;
    }

    /// Standard input is the container's null device, the outputs are the given pipe ends.
    void standardStreams(Paths paths, Operand out, Operand err) {
        String step = "connect the standard streams";
        Datum in = script.result("stdin", step, Syscall.OPENAT2, paths.root(), "dev/null",
                Structures.openHow(script, O_RDONLY | O_CLOEXEC, 0,
                        FdCalls.RESOLVE_IN_ROOT | FdCalls.RESOLVE_NO_SYMLINKS),
                24);
        script.call(step, Syscall.DUP3, in, 0, 0);
        script.call(step, Syscall.DUP3, out, 1, 0);
        script.call(step, Syscall.DUP3, err, 2, 0);
    }

    /// The directory is entered through a descriptor that openat2 found inside the root, so it can't be a link to a
    /// descriptor of the host (CVE-2024-21626).
    void workingDirectory(Paths paths) {
        String step = "enter working directory " + plan.workingDirectory();
        Datum directory = paths.openOrMake(step, plan.workingDirectory(), true, true);
        script.call(step, Syscall.FCHDIR, directory);
    }

    /// Leaves open the standard streams, the report pipe and one more, both close-on-exec.
    void closeAllBut(Operand kept, int keptNumber) {
        script.call("keep a descriptor", Syscall.DUP3, kept, keptNumber, O_CLOEXEC);
        script.call("close descriptors", Syscall.CLOSE_RANGE, Descriptors.REPORT + 1, 0xffffffffL, 0);
        script.call("close descriptors", Syscall.CLOSE_RANGE, Descriptors.GO, 0xffffffffL, CLOSE_RANGE_CLOEXEC);
    }

    /// Ids, capabilities, no_new_privs and the filter, then the program; the script never goes on after this.
    void becomeAndRun() {
        script.call("set umask", Syscall.UMASK, plan.umask());
        if (!plan.noNewPrivileges()) {
            // Without no_new_privs, only CAP_SYS_ADMIN may load a filter: before it is given up.
            filter();
        }
        boundCapabilities();
        identity();
        capabilities();
        if (plan.noNewPrivileges()) {
            script.call("set no_new_privs", Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            filter();
        }
        execute();
    }

    private void boundCapabilities() {
        Datum dropped = script.slot("dropped");
        for (int capability = 0; capability <= LAST_CAPABILITY; capability++) {
            if ((plan.capabilities().bounding() >>> capability & 1) == 0) {
                Label fine = script.label("fine");
                script.tryInto(dropped, "drop capability " + capability, Syscall.PRCTL, PR_CAPBSET_DROP, capability, 0,
                        0, 0);
                script.jumpIfEqual(dropped, 0, fine);
                script.jumpIfEqual(dropped, -Errno.EINVAL.number(), fine);
                script.fail("drop capability " + capability, dropped);
                script.place(fine);
            }
        }
    }

    private void identity() {
        ProcessPlan.User user = plan.user();
        List<Integer> groups = user.groups();
        script.call("keep capabilities", Syscall.PRCTL, PR_SET_KEEPCAPS, 1, 0, 0, 0);
        script.call("set groups", Syscall.SETGROUPS, groups.size(),
                groups.isEmpty() ? 0 : Structures.groups(script, groups));
        script.call("set group " + user.gid(), Syscall.SETRESGID, user.gid(), user.gid(), user.gid());
        script.call("set user " + user.uid(), Syscall.SETRESUID, user.uid(), user.uid(), user.uid());
        script.call("keep capabilities", Syscall.PRCTL, PR_SET_KEEPCAPS, 0, 0, 0, 0);
    }

    private void capabilities() {
        ProcessPlan.Capabilities sets = plan.capabilities();
        script.call("set capabilities", Syscall.CAPSET, Structures.capabilityHeader(script),
                Structures.capabilityData(script, sets));
        script.call("clear ambient capabilities", Syscall.PRCTL, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
        for (int capability = 0; capability <= LAST_CAPABILITY; capability++) {
            if ((sets.ambient() >>> capability & 1) != 0) {
                script.call("raise ambient capability " + capability, Syscall.PRCTL, PR_CAP_AMBIENT,
                        PR_CAP_AMBIENT_RAISE, capability, 0, 0);
            }
        }
    }

    private void filter() {
        byte[] instructions = plan.seccomp().instructions();
        if (instructions.length > 0) {
            script.call("load the seccomp filter", Syscall.SECCOMP, 1 /* SECCOMP_SET_MODE_FILTER */, 0,
                    Structures.filterProgram(script, instructions));
        }
    }

    private void execute() {
        String program = plan.arguments().getFirst();
        String step = "exec " + program;
        Datum arguments = script.texts("argv", plan.arguments());
        Datum environment = script.texts("envp", plan.environment());
        Datum failure = script.slot("failure");
        Datum denied = script.slot("denied");
        for (String candidate : candidates(program)) {
            Label next = script.label("next");
            script.tryInto(failure, step, Syscall.EXECVE, candidate, arguments, environment);
            script.jumpIfEqual(failure, -Errno.ENOENT.number(), next);
            script.jumpIfEqual(failure, -Errno.ENOTDIR.number(), next);
            Label refused = script.label("refused");
            script.jumpIfEqual(failure, -Errno.EACCES.number(), refused);
            script.fail(step, failure);
            script.place(refused);
            // Kept by making the same call again: a program that may not be run says more than one that isn't there.
            script.tryInto(denied, step, Syscall.EXECVE, candidate, arguments, environment);
            script.place(next);
        }
        Label absent = script.label("absent");
        script.jumpIfEqual(denied, 0, absent);
        script.fail(step, denied);
        script.place(absent);
        script.fail(step, failure);
    }

    /// As execvp(3): a name without a slash is looked up in PATH of the container's environment.
    private List<String> candidates(String program) {
        if (program.contains("/")) {
            return List.of(program);
        }
        String path = plan.environment().stream().filter(entry -> entry.startsWith("PATH=")).findFirst()
                .map(entry -> entry.substring("PATH=".length())).orElse(DEFAULT_PATH);
        List<String> candidates = new ArrayList<>();
        for (String directory : path.split(":")) {
            candidates.add(directory.isEmpty() ? "./" + program : directory + "/" + program);
        }
        return candidates;
    }
}
