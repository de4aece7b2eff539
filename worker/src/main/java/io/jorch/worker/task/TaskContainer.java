package io.jorch.worker.task;

import io.jorch.worker.health.ProbeResult;
import java.util.List;

/// A container that runs, or ran. May be called by any thread.
public interface TaskContainer {
    /// 64 hexadecimal digits.
    String id();

    long pid();

    /// Blocks until its first process has ended; answers at once when it has.
    TaskExit awaitExit() throws InterruptedException;

    /// Nothing happens when it has ended.
    void signal(int signal);

    /// Runs a command in it, as its own program is run. Exit code 0 passes; what it printed is the output.
    ///
    /// @param timeout nanoseconds, after which the command is killed
    ProbeResult run(List<String> command, long timeout) throws InterruptedException;
}
