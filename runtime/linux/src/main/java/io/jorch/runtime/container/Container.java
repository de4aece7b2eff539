package io.jorch.runtime.container;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.cgroup.TaskCgroup;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.ProcessCalls;

/// A container that was running when this object was made. Safe for any number of threads: all it holds is its
/// identity and the future of its end, which one virtual thread of its own completes.
public final class Container {
    private final String id;
    private final ProcessIdentity process;
    private final ContainerFile file;
    private final TaskCgroup cgroup;
    private final TaskDirectories directories;
    private final CompletableFuture<ExitStatus> exit;

    Container(String id, ProcessIdentity process, ContainerFile file, TaskCgroup cgroup, TaskDirectories directories,
            CompletableFuture<ExitStatus> exit) {
        this.id = id;
        this.process = process;
        this.file = file;
        this.cgroup = cgroup;
        this.directories = directories;
        this.exit = exit;
    }

    public String id() {
        return id;
    }

    /// Of its first process, on the host.
    public int pid() {
        return process.pid();
    }

    /// Of its first process, in clock ticks since boot.
    public long startTime() {
        return process.startTime();
    }

    /// How its first process was run; with other arguments, how further ones are.
    public ProcessPlan process() {
        return file.process();
    }

    public TaskCgroup cgroup() {
        return cgroup;
    }

    /// Sends a signal to its first process, which the kernel drops unless that handles it (it is its namespace's init).
    ///
    /// @return false when it has ended
    public boolean signal(int number) {
        return process.open().map(pidfd -> {
            try (pidfd) {
                return ProcessCalls.signal(pidfd, number);
            }
        }).orElse(false);
    }

    /// Kills all of its processes; [#awaitExit] tells when they are gone.
    public void kill() {
        signal(ProcessCalls.SIGKILL);
    }

    /// Moves the time at which the shim kills it, with or without a daemon.
    ///
    /// @param deadlineNanos on CLOCK_BOOTTIME; 0: no lease
    public void renewLease(long deadlineNanos) {
        ShimConnection.open(directories.socket(id)).ifPresent(connection -> {
            try (connection) {
                connection.ask(ShimFrame.request(ShimFrame.LEASE, deadlineNanos));
            }
        });
    }

    /// Completes when it has ended and its log is whole; the shim makes its exit record durable meanwhile.
    public CompletableFuture<ExitStatus> exit() {
        return exit.copy();
    }

    public ExitStatus awaitExit() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException failure) {
            throw new JorchException(ErrorCode.INTERNAL,
                    "can't tell how container " + id + " ended: " + JorchException.describe(failure.getCause()),
                    failure.getCause());
        }
    }

    /// Runs a further process in it and waits for its end. When the time has passed, or the process has ended, all
    /// that it started is killed.
    ///
    /// @param plan how it runs; usually [#process()] with other arguments
    public ExecResult exec(ProcessPlan plan, Duration timeout) {
        Fd target = process.open().orElseThrow(() -> new JorchException(ErrorCode.CONFLICT,
                "container " + id + " has ended: nothing can be run in it"));
        try (target) {
            return new ExecRun(cgroup, file.idRange()).run(target, plan, timeout);
        }
    }
}
