package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.FdCalls.AT_EMPTY_PATH;
import static io.jorch.runtime.linux.FdCalls.AT_FDCWD;
import static io.jorch.runtime.linux.FdCalls.O_CLOEXEC;
import static io.jorch.runtime.linux.FdCalls.O_DIRECTORY;
import static io.jorch.runtime.linux.FdCalls.O_PATH;
import static io.jorch.runtime.linux.FdCalls.O_RDWR;
import static io.jorch.runtime.linux.FdCalls.O_WRONLY;

import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.jorch.runtime.linux.Architecture;
import io.jorch.runtime.linux.MountCalls;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.Label;
import io.jorch.runtime.script.Operand;
import io.jorch.runtime.script.Script;
import io.jorch.runtime.script.ScriptBuilder;

/// Turns a plan into the script that starts the container; a pure function.
///
/// The parent half has the host's rights: it makes all that needs them (id map, root, /dev, copies of host paths) as
/// detached mounts, clones the child, maps its ids, puts it into its cgroups and becomes the shim. The child half has
/// rights in its own namespaces only. Whatever fails or is killed on the way takes everything with it, since nothing
/// made so far has a name on the host.
public final class LaunchScript {
    private static final long NAMESPACES = NamespaceCalls.CLONE_NEWUSER | NamespaceCalls.CLONE_NEWPID
            | NamespaceCalls.CLONE_NEWNS;
    /// Made by the child once it is the container's root, who then owns what is in them.
    private static final long LATER_NAMESPACES = NamespaceCalls.CLONE_NEWIPC | NamespaceCalls.CLONE_NEWUTS
            | NamespaceCalls.CLONE_NEWCGROUP;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int CLOSE_RANGE_CLOEXEC = 4;

    private final LaunchPlan plan;
    private final ScriptBuilder script;
    private final Mounting mounting;
    private final UserNamespaces userNamespaces;
    private final Map<MountPlan, Datum> prepared = new IdentityHashMap<>();
    private final Operand[] go;
    private final Operand[] out;
    private final Operand[] err;
    private final Datum root;

    private LaunchScript(LaunchPlan plan, LayerMode layerMode, Architecture architecture) {
        this.plan = plan;
        this.script = new ScriptBuilder(architecture);
        this.mounting = new Mounting(script);
        this.userNamespaces = new UserNamespaces(script, plan.idRange());
        clearDescriptors(script, true);
        joinShimCgroups();
        this.go = UserNamespaces.pipe(script, "make pipes");
        this.out = outputPipe();
        this.err = outputPipe();
        userNamespaces.makeForMounts();
        this.root = new RootFilesystem(script, mounting, layerMode).make(plan.root());
        prepareMounts();
    }

    public static Script assemble(LaunchPlan plan, LayerMode layerMode, Architecture architecture) {
        LaunchScript launch = new LaunchScript(plan, layerMode, architecture);
        Label child = launch.script.label("child");
        Datum pid = launch.cloneChild(child);
        launch.parent(pid);
        launch.script.place(child);
        launch.child();
        return launch.script.assemble(Descriptors.REPORT);
    }

    /// Closes what the JVM left open and takes the fixed numbers, so that nothing else gets them.
    ///
    /// @param outputs whether those of the output pipes are to be taken, or are passed and in use already
    static void clearDescriptors(ScriptBuilder script, boolean outputs) {
        String step = "clear descriptors";
        script.call(step, Syscall.PRCTL, PR_SET_DUMPABLE, 0, 0, 0, 0);
        script.call(step, Syscall.UMASK, 0);
        script.call(step, Syscall.CLOSE_RANGE, Descriptors.USER_NAMESPACE, 0xffffffffL, 0);
        Datum nothing = script.result("null", step, Syscall.OPENAT, AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC);
        // glibc's posix_spawn leaves its two internal signals ignored.
        for (int signal : List.of(32, 33)) {
            script.call(step, Syscall.RT_SIGACTION, signal, script.bytes("default", new byte[32]), 0, 8);
        }
        for (int number : List.of(0, 1, 2, Descriptors.SCRIPT, Descriptors.ERR, Descriptors.TASK_DIRECTORY,
                Descriptors.SHIMS_DIRECTORY)) {
            script.call(step, Syscall.DUP3, nothing, number, 0);
        }
        if (outputs) {
            script.call(step, Syscall.DUP3, nothing, Descriptors.OUT, 0);
        }
    }

    private void joinShimCgroups() {
        plan.cgroups().shimProcs().forEach(procs -> writeFile("put the shim into cgroup " + procs.getParent(), procs,
                script.text("0"), 1));
    }

    private void writeFile(String step, Path path, Datum content, int length) {
        Datum file = script.result("file", step, Syscall.OPENAT, AT_FDCWD, path.toString(), O_WRONLY | O_CLOEXEC);
        script.call(step, Syscall.WRITE, file, content, length);
        script.call(step, Syscall.CLOSE, file);
    }

    /// Owned by the container's user, who may open it again as /dev/stdout.
    private Operand[] outputPipe() {
        Operand[] pipe = UserNamespaces.pipe(script, "make pipes");
        script.call("chown pipe", Syscall.FCHOWNAT, pipe[1], "", plan.idRange().host(plan.process().user().uid()),
                plan.idRange().host(plan.process().user().gid()), AT_EMPTY_PATH);
        return pipe;
    }

    private void prepareMounts() {
        for (MountPlan mount : plan.mounts()) {
            switch (mount) {
                case MountPlan.Bind(Path source, String target, boolean directory, boolean recursive, int attributes,
                        boolean idMapped) -> prepared.put(mount,
                                mounting.copy("bind " + source + " to " + target, source, recursive, attributes,
                                        idMapped));
                case MountPlan.Devices devices -> prepared.put(devices,
                        new DeviceFilesystem(script, mounting, plan.idRange()).make(plan.devices()));
                case MountPlan.Filesystem filesystem -> {
                }
                case MountPlan.Tmpfs tmpfs -> {
                }
            }
        }
    }

    private Datum cloneChild(Label child) {
        Datum pid;
        switch (plan.network()) {
            case NetworkPlan.Isolated() -> pid = clone(child, NAMESPACES | NamespaceCalls.CLONE_NEWNET);
            case NetworkPlan.Join(Path namespace) -> {
                String step = "join network namespace " + namespace;
                Datum home = script.result("netns", step, Syscall.OPENAT, AT_FDCWD, "/proc/self/ns/net", O_CLOEXEC);
                Datum joined = script.result("joined", step, Syscall.OPENAT, AT_FDCWD, namespace.toString(),
                        O_CLOEXEC);
                script.call(step, Syscall.SETNS, joined, NamespaceCalls.CLONE_NEWNET);
                // The namespace belongs to the host's root: only there can its view of /sys be mounted.
                plan.mounts().stream().filter(LaunchScript::isSysfs).forEach(mount -> prepared.put(mount,
                        mounting.filesystem("mount /sys", "sysfs", Map.of(),
                                ((MountPlan.Filesystem) mount).attributes())));
                plan.sysctls().forEach((key, value) -> {
                    if (isNetwork(key)) {
                        writeFile("set sysctl " + key, Path.of("/proc/sys", key), script.text(value),
                                ScriptBuilder.lengthOf(value));
                    }
                });
                pid = clone(child, NAMESPACES);
                script.call(step, Syscall.SETNS, home, NamespaceCalls.CLONE_NEWNET);
            }
        }
        return pid;
    }

    private Datum clone(Label child, long namespaces) {
        Datum pid = script.result("pid", "clone3 with namespaces", Syscall.CLONE3,
                Structures.cloneArguments(script, namespaces), 88);
        script.jumpIfEqual(pid, 0, child);
        return pid;
    }

    private static boolean isSysfs(MountPlan mount) {
        return mount instanceof MountPlan.Filesystem filesystem && filesystem.type().equals("sysfs");
    }

    private static boolean isNetwork(String sysctl) {
        return sysctl.startsWith("net/");
    }

    private void parent(Datum pid) {
        Datum process = userNamespaces.openProcess(pid);
        userNamespaces.writeMaps(process);
        userNamespaces.write(process, "oom_score_adj", Integer.toString(plan.process().oomScoreAdjust()),
                "set oom_score_adj");
        plan.process().rlimits().forEach(limit -> script.call("set resource limit " + limit.resource(),
                Syscall.PRLIMIT64, pid, limit.resource(), Structures.limit(script, limit), 0));
        Datum digits = script.buffer("##########");
        script.writeNumber(pid, digits, 0, ' ');
        plan.cgroups().containerProcs().forEach(procs -> writeFile("join cgroup " + procs.getParent(), procs, digits,
                10));
        script.call("let the child go on", Syscall.WRITE, go[1], "m", 1);
        becomeShim(pid);
    }

    private void becomeShim(Datum pid) {
        String step = "start the shim";
        protectShim(step);
        openDirectory(plan.shim().taskDirectory(), Descriptors.TASK_DIRECTORY);
        openDirectory(plan.shim().shimsDirectory(), Descriptors.SHIMS_DIRECTORY);
        script.call(step, Syscall.DUP3, go[1], Descriptors.GO, 0);
        script.call(step, Syscall.DUP3, out[0], Descriptors.OUT, 0);
        script.call(step, Syscall.DUP3, err[0], Descriptors.ERR, 0);
        script.call(step, Syscall.CLOSE_RANGE, Descriptors.SHIM_PROGRAM, 0xffffffffL, CLOSE_RANGE_CLOEXEC);
        Datum digits = script.buffer("##########");
        script.writeNumber(pid, digits, 0, ' ');
        LaunchPlan.ShimPlan shim = plan.shim();
        Datum arguments = script.vector("argv",
                List.of(script.text("jorch-shim"), script.text(plan.id()), digits,
                        script.text(Long.toString(shim.leaseDeadline())),
                        script.text(Long.toString(shim.logMaxBytes())),
                        script.text(Integer.toString(shim.logMaxFiles())),
                        script.text(plan.cgroups().oomCounter())));
        script.call(step, Syscall.EXECVEAT, Descriptors.SHIM_PROGRAM, "", arguments, script.texts("envp", List.of()),
                AT_EMPTY_PATH);
    }

    /// A shim is small and loses a container when it dies. Without CAP_SYS_RESOURCE in the daemon it stays unprotected,
    /// as all else that the daemon starts.
    private void protectShim(String step) {
        Datum file = script.result("file", step, Syscall.OPENAT, AT_FDCWD, "/proc/self/oom_score_adj",
                O_WRONLY | O_CLOEXEC);
        script.tryInto(script.slot("protected"), step, Syscall.WRITE, file, "-999", 4);
        script.call(step, Syscall.CLOSE, file);
    }

    private void openDirectory(Path path, int number) {
        String step = "open " + path;
        // Not O_PATH: the shim must be able to fsync it.
        Datum directory = script.result("dir", step, Syscall.OPENAT, AT_FDCWD, path.toString(),
                O_DIRECTORY | O_CLOEXEC);
        script.call(step, Syscall.DUP3, directory, number, 0);
    }

    private void child() {
        script.call("close", Syscall.CLOSE, go[1]);
        awaitParent("wait for the id map");
        script.call("setsid", Syscall.SETSID);
        script.call("become root of the container", Syscall.SETGROUPS, 0, 0);
        script.call("become root of the container", Syscall.SETRESGID, 0, 0, 0);
        script.call("become root of the container", Syscall.SETRESUID, 0, 0, 0);
        script.call("unshare namespaces", Syscall.UNSHARE, LATER_NAMESPACES);
        if (plan.network() instanceof NetworkPlan.Isolated) {
            bringUpLoopback();
        }
        Paths paths = new Paths(script, root);
        InsideMounts mounts = new InsideMounts(script, mounting, paths);
        enterRoot(mounts, paths);
        names();
        ProcessSteps process = new ProcessSteps(script, plan.process());
        process.standardStreams(paths, out[1], err[1]);
        process.workingDirectory(paths);
        if (plan.root().readOnly()) {
            mounting.restrict("make the root read-only", root, MountCalls.MOUNT_ATTR_RDONLY, false);
        }
        process.closeAllBut(go[0], Descriptors.GO);
        awaitParent("wait for the shim", Descriptors.GO);
        process.becomeAndRun();
    }

    private void enterRoot(InsideMounts mounts, Paths paths) {
        script.call("make mounts private", Syscall.MOUNT, 0, "/", 0, MountCalls.MS_REC | MountCalls.MS_PRIVATE, 0);
        script.call("attach root", Syscall.MOVE_MOUNT, root, "", AT_FDCWD, "/", MountCalls.MOVE_MOUNT_F_EMPTY_PATH);
        Map<String, Datum> attached = mounts.attach(plan.mounts(), prepared);
        Datum proc = attached.get("/proc");
        boolean joined = plan.network() instanceof NetworkPlan.Join;
        plan.sysctls().forEach((key, value) -> {
            if (proc != null && !(joined && isNetwork(key))) {
                mounts.writeSysctl(proc, key, value);
            }
        });
        Datum dev = attached.get("/dev");
        plan.readOnlyPaths().forEach(mounts::makeReadOnly);
        if (dev != null) {
            plan.maskedPaths().forEach(path -> mounts.mask(path, dev));
        }
        String step = "pivot_root";
        Datum old = script.result("oldroot", step, Syscall.OPENAT, AT_FDCWD, "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
        script.call(step, Syscall.FCHDIR, paths.root());
        script.call(step, Syscall.PIVOT_ROOT, ".", ".");
        script.call("detach the host's root", Syscall.FCHDIR, old);
        script.call("detach the host's root", Syscall.UMOUNT2, ".", MountCalls.MNT_DETACH);
        script.call("detach the host's root", Syscall.CLOSE, old);
        script.call("enter root", Syscall.CHDIR, "/");
    }

    private void names() {
        if (!plan.hostname().isEmpty()) {
            script.call("set hostname", Syscall.SETHOSTNAME, plan.hostname(), ScriptBuilder.lengthOf(plan.hostname()));
        }
        if (!plan.domainname().isEmpty()) {
            script.call("set domainname", Syscall.SETDOMAINNAME, plan.domainname(),
                    ScriptBuilder.lengthOf(plan.domainname()));
        }
    }

    private void bringUpLoopback() {
        String step = "bring up loopback";
        Datum socket = script.result("socket", step, Syscall.SOCKET, 2 /* AF_INET */, 2 /* SOCK_DGRAM */ | O_CLOEXEC, 0);
        script.call(step, Syscall.IOCTL, socket, 0x8914 /* SIOCSIFFLAGS */,
                Structures.interfaceFlags(script, "lo", 1 /* IFF_UP */));
        script.call(step, Syscall.CLOSE, socket);
    }

    private void awaitParent(String step) {
        awaitParent(step, go[0]);
    }

    /// Ends quietly when the other end of the pipe has died: its own report says why.
    private void awaitParent(String step, Object readEnd) {
        Datum read = script.slot("read");
        Label dead = script.label("dead");
        Label alive = script.label("alive");
        script.callInto(read, step, Syscall.READ, readEnd, script.bytes("byte", new byte[8]), 1);
        script.jumpIfEqual(read, 0, dead);
        script.jump(alive);
        script.place(dead);
        script.call(step, Syscall.EXIT_GROUP, 1);
        script.place(alive);
    }
}
