package io.jorch.runtime.container;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.cgroup.CgroupLimits;
import io.jorch.runtime.cgroup.CgroupName;
import io.jorch.runtime.cgroup.Cgroups;
import io.jorch.runtime.cgroup.TaskCgroup;
import io.jorch.runtime.launch.LaunchPlan;
import io.jorch.runtime.launch.Launcher;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.ProcessCalls;
import io.jorch.runtime.log.LogReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The containers of one node. It keeps no list of them (the kernel and the shims are the truth), so any number of
/// threads may use it, each id by one at a time. Its one piece of state, the shims' cgroup, is behind a lock.
public final class Containers {
    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);
    private static final String SHIMS_CGROUP = "_shims";

    private final String node;
    private final TaskDirectories directories;
    private final Cgroups cgroups;
    private final Launcher launcher;
    private final InstantSource clock;
    private final ReentrantLock shimsLock = new ReentrantLock();
    private @Nullable TaskCgroup shims;

    /// @param node the node's short id, which all names on the host carry
    public Containers(String node, TaskDirectories directories, Cgroups cgroups, Launcher launcher,
            InstantSource clock) {
        this.node = node;
        this.directories = directories;
        this.cgroups = cgroups;
        this.launcher = launcher;
        this.clock = clock;
    }

    public TaskDirectories directories() {
        return directories;
    }

    /// Starts a container; what it needs on the host is made here and gone again when it can't be started.
    ///
    /// @param plan whose root and shim point into [#directories()]; its cgroups are filled in here
    /// @throws io.jorch.runtime.launch.LaunchException when the kernel or the image stands in the way
    public Container start(LaunchPlan plan, CgroupLimits limits) {
        String id = plan.id();
        directories.make(id, plan.idRange().hostBase());
        try {
            ContainerFile file = new ContainerFile(plan.idRange(), plan.process());
            file.write(directories.of(id));
            TaskCgroup cgroup = cgroups.create(new CgroupName(node, id), limits);
            Launcher.Started started = launcher.launch(plan.in(ContainerCgroups.plan(cgroup, shimsCgroup())));
            ProcessIdentity process = new ProcessIdentity(started.pid(), started.startTime());
            return watched(id, process, file, cgroup, started.shim());
        } catch (RuntimeException failure) {
            try {
                remove(id);
            } catch (RuntimeException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    /// Made by the first start, under a lock since starts run at once.
    private TaskCgroup shimsCgroup() {
        shimsLock.lock();
        try {
            TaskCgroup made = shims;
            if (made == null) {
                made = cgroups.shims(node);
                shims = made;
            }
            return made;
        } finally {
            shimsLock.unlock();
        }
    }

    /// Takes over what an earlier daemon started.
    public Adoption adopt(String id) {
        TaskCgroup cgroup = cgroups.open(new CgroupName(node, id));
        Optional<ProcessIdentity> process = askShim(id);
        Optional<ContainerFile> file = ContainerFile.read(directories.of(id));
        if (process.isPresent() && file.isPresent()) {
            ExecCgroup.sweep(cgroup.unified());
            return new Adoption.Running(watched(id, process.get(), file.get(), cgroup, null));
        }
        Optional<ExitRecord> ended = ExitRecord.read(directories.of(id));
        if (ended.isPresent()) {
            return new Adoption.Ended(ended.get().status());
        }
        if (!directories.list().contains(id) && !cgroup.populated()) {
            return new Adoption.Unknown();
        }
        // No shim and no record: it was killed, and nobody would ever see the container end.
        stop(cgroup);
        return new Adoption.Ended(ExitStatus.lost(clock.instant()));
    }

    private Optional<ProcessIdentity> askShim(String id) {
        return ShimConnection.open(directories.socket(id)).flatMap(connection -> {
            try (connection) {
                ShimFrame status = connection.ask(ShimFrame.request(ShimFrame.STATUS, 0));
                return Optional.of(new ProcessIdentity((int) status.a(), status.b()));
            } catch (JorchException endedMeanwhile) {
                return Optional.empty();
            }
        });
    }

    public LogReader logs(String id) {
        return new LogReader(directories.of(id));
    }

    /// Kills the container if it runs and frees what it holds but its log and its exit record.
    public void release(String id) {
        TaskCgroup cgroup = cgroups.open(new CgroupName(node, id));
        stop(cgroup);
        awaitShim(id);
        cgroup.remove();
        directories.deleteFilesystem(id);
    }

    /// The ids of all that the machine has anything of.
    public Set<String> list() {
        Set<String> found = new HashSet<>(directories.list());
        found.addAll(cgroups.list(node));
        found.removeIf(id -> id.startsWith("_"));
        return found;
    }

    /// Kills the container if it runs and removes all of it: processes, cgroups, files, log.
    public void remove(String id) {
        TaskCgroup cgroup = cgroups.open(new CgroupName(node, id));
        stop(cgroup);
        awaitShim(id);
        cgroup.remove();
        directories.delete(id);
    }

    /// Removes what crashed daemons left of containers that are not to be kept.
    ///
    /// @return the ids of those removed
    public Set<String> sweep(Set<String> keep) {
        Set<String> found = list();
        found.removeAll(keep);
        found.forEach(id -> {
            LOG.info("event=sweep container={}", id);
            remove(id);
        });
        return found;
    }

    /// Removes the node's own cgroups, when no container is left: for leaving a machine as it was found.
    public void close() {
        shimsLock.lock();
        try {
            if (list().isEmpty()) {
                TaskCgroup made = cgroups.open(new CgroupName(node, SHIMS_CGROUP));
                made.awaitEmpty(KILL_PATIENCE);
                made.remove();
                cgroups.removeParent(node);
                shims = null;
            }
        } finally {
            shimsLock.unlock();
        }
    }

    /// The shim of a container that has ended still writes its record; its socket closes when it ends itself.
    private void awaitShim(String id) {
        ShimConnection.open(directories.socket(id)).ifPresent(connection -> {
            try (connection) {
                connection.awaitClosed();
            }
        });
    }

    private static void stop(TaskCgroup cgroup) {
        if (cgroup.populated()) {
            cgroup.kill();
            if (!cgroup.awaitEmpty(KILL_PATIENCE)) {
                throw new JorchException(ErrorCode.INTERNAL,
                        "a process of container " + cgroup.name().id() + " does not end: it may hang in a filesystem");
            }
        }
    }

    private Container watched(String id, ProcessIdentity process, ContainerFile file, TaskCgroup cgroup,
            @Nullable Fd shim) {
        CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
        Thread.ofVirtual().name("container-" + id).start(() -> {
            try {
                exit.complete(awaitEnd(id, cgroup));
            } catch (RuntimeException failure) {
                exit.completeExceptionally(failure);
            } finally {
                if (shim != null) {
                    reap(shim);
                }
            }
        });
        return new Container(id, process, file, cgroup, directories, exit);
    }

    /// The shim that this JVM started is its child; it ends right after it has told of the container's end.
    private static void reap(Fd shim) {
        try (shim) {
            ProcessCalls.reap(shim);
        }
    }

    private ExitStatus awaitEnd(String id, TaskCgroup cgroup) {
        Optional<ShimConnection> opened = ShimConnection.open(directories.socket(id));
        if (opened.isPresent()) {
            try (ShimConnection connection = opened.get()) {
                Optional<ExitStatus> told = awaitTold(connection);
                if (told.isPresent()) {
                    return told.get();
                }
            }
        }
        Optional<ExitRecord> record = ExitRecord.read(directories.of(id));
        if (record.isPresent()) {
            return record.get().status();
        }
        LOG.warn("event=shim-lost container={}", id);
        stop(cgroup);
        return ExitStatus.lost(clock.instant());
    }

    private static Optional<ExitStatus> awaitTold(ShimConnection connection) {
        try {
            connection.ask(ShimFrame.request(ShimFrame.WAIT, 0));
        } catch (JorchException endedMeanwhile) {
            return Optional.empty();
        }
        return connection.receive()
                .filter(frame -> frame.type() == (ShimFrame.EXITED | ShimFrame.REPLY))
                .map(frame -> ExitRecord.status((int) frame.a(), (int) (frame.a() >>> 32), frame.b(), frame.c()));
    }
}
