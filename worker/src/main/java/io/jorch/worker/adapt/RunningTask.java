package io.jorch.worker.adapt;

import io.jorch.runtime.container.Container;
import io.jorch.runtime.container.ExecResult;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.worker.compose.Signals;
import io.jorch.worker.health.ProbeResult;
import io.jorch.worker.task.TaskContainer;
import io.jorch.worker.task.TaskExit;
import java.time.Duration;
import java.util.List;

/// A task whose container was running when it was started or adopted.
///
/// @param id the container's, 64 digits
record RunningTask(String id, Container container, NativeThreads threads) implements TaskContainer {
    @Override
    public long pid() {
        return container.pid();
    }

    @Override
    public TaskExit awaitExit() throws InterruptedException {
        return LinuxRuntime.exit(container.awaitExit());
    }

    @Override
    public void signal(int signal) {
        if (signal == Signals.KILL) {
            container.kill();
        } else {
            container.signal(signal);
        }
    }

    @Override
    public ProbeResult run(List<String> command, long timeout) throws InterruptedException {
        ProcessPlan own = container.process();
        ProcessPlan plan = new ProcessPlan(command, own.environment(), own.workingDirectory(), own.user(), own.umask(),
                own.capabilities(), own.noNewPrivileges(), own.seccomp(), own.rlimits(), own.oomScoreAdjust());
        ExecResult result = threads.call(() -> container.exec(plan, Duration.ofNanos(timeout)));
        if (result.timedOut()) {
            return ProbeResult.fail("no answer within " + timeout / 1_000_000 + " ms: " + result.output());
        }
        String output = result.output().isBlank() && result.code() != 0
                ? "exit code " + result.code()
                : result.output();
        return new ProbeResult(result.code() == 0, output);
    }
}
