package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.FdCalls.AT_EMPTY_PATH;
import static io.jorch.runtime.linux.FdCalls.AT_FDCWD;
import static io.jorch.runtime.linux.FdCalls.O_CLOEXEC;
import static io.jorch.runtime.linux.FdCalls.O_DIRECTORY;
import static io.jorch.runtime.linux.FdCalls.O_PATH;
import static io.jorch.runtime.linux.FdCalls.O_WRONLY;

import java.nio.file.Path;

import io.jorch.runtime.linux.Architecture;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.Label;
import io.jorch.runtime.script.Operand;
import io.jorch.runtime.script.Script;
import io.jorch.runtime.script.ScriptBuilder;

/// Turns a plan into the script that runs a further process in a container; a pure function. The process becomes a
/// child of the daemon (CLONE_PARENT), since only a process cloned after setns is in the pid namespace. It is not
/// dumpable until its execve, so what runs in the container can't look into it or its descriptors.
public final class ExecScript {
    private static final long ALL = NamespaceCalls.CLONE_NEWUSER | NamespaceCalls.CLONE_NEWPID
            | NamespaceCalls.CLONE_NEWNS | NamespaceCalls.CLONE_NEWNET | NamespaceCalls.CLONE_NEWIPC
            | NamespaceCalls.CLONE_NEWUTS | NamespaceCalls.CLONE_NEWCGROUP;
    private static final long CLONE_PARENT = 0x8000;

    private ExecScript() {
    }

    /// The pidfd of the container's first process is passed as [Descriptors#TARGET], the pipe for the output as
    /// [Descriptors#OUT].
    public static Script assemble(ExecPlan plan, Architecture architecture) {
        ScriptBuilder script = new ScriptBuilder(architecture);
        LaunchScript.clearDescriptors(script, false);
        ProcessPlan process = plan.process();
        script.call("chown pipe", Syscall.FCHOWNAT, Descriptors.OUT, "", plan.idRange().host(process.user().uid()),
                plan.idRange().host(process.user().gid()), AT_EMPTY_PATH);
        write(script, Path.of("/proc/self/oom_score_adj"), Integer.toString(process.oomScoreAdjust()),
                "set oom_score_adj");
        process.rlimits().forEach(limit -> script.call("set resource limit " + limit.resource(), Syscall.PRLIMIT64, 0,
                limit.resource(), Structures.limit(script, limit), 0));
        plan.cgroupProcs().forEach(procs -> write(script, procs, "0", "join cgroup " + procs.getParent()));
        script.call("join the container's namespaces", Syscall.SETNS, Descriptors.TARGET, ALL);
        forkIntoPidNamespace(script);
        inside(script, process);
        return script.assemble(Descriptors.REPORT);
    }

    private static void forkIntoPidNamespace(ScriptBuilder script) {
        String step = "clone into the pid namespace";
        Datum report = script.bytes("report",
                Datum.structure(Report.SIZE).putInt(Report.MAGIC).putShort((short) Report.VERSION)
                        .putShort((short) 2).array());
        script.callInto(new Operand.Address(report, Report.PLACE), step, Syscall.CLONE3,
                Structures.cloneArguments(script, CLONE_PARENT, 0), 88);
        Label child = script.label("child");
        script.jumpIfEqual(new Operand.Value(report, Report.PLACE), 0, child);
        script.call(step, Syscall.WRITE, Descriptors.REPORT, report, Report.SIZE);
        script.call(step, Syscall.EXIT_GROUP, 0);
        script.place(child);
    }

    private static void inside(ScriptBuilder script, ProcessPlan plan) {
        script.call("setsid", Syscall.SETSID);
        script.call("become root of the container", Syscall.SETGROUPS, 0, 0);
        script.call("become root of the container", Syscall.SETRESGID, 0, 0, 0);
        script.call("become root of the container", Syscall.SETRESUID, 0, 0, 0);
        Datum root = script.result("root", "open the container's root", Syscall.OPENAT, AT_FDCWD, "/",
                O_PATH | O_DIRECTORY | O_CLOEXEC);
        ProcessSteps process = new ProcessSteps(script, plan);
        script.call("connect the standard streams", Syscall.DUP3, Descriptors.OUT, 1, 0);
        script.call("connect the standard streams", Syscall.DUP3, Descriptors.OUT, 2, 0);
        process.workingDirectory(new Paths(script, root));
        process.closeAllBut(new Operand.Constant(0), Descriptors.GO);
        process.becomeAndRun();
    }

    private static void write(ScriptBuilder script, Path path, String text, String step) {
        Datum file = script.result("file", step, Syscall.OPENAT, AT_FDCWD, path.toString(), O_WRONLY | O_CLOEXEC);
        script.call(step, Syscall.WRITE, file, text, ScriptBuilder.lengthOf(text));
        script.call(step, Syscall.CLOSE, file);
    }
}
