package io.jorch.runtime.launch;

import java.time.Duration;
import java.util.List;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Architecture;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.ProcessCalls;
import io.jorch.runtime.script.Script;

/// Starts containers. Stateless; any number of threads may start containers at once. It blocks in native code, so call
/// it from a platform thread.
public final class Launcher {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final LayerMode layerMode;

    public Launcher(LayerMode layerMode) {
        this.layerMode = layerMode;
    }

    /// A running container.
    ///
    /// @param pid of its first process, in this process's pid namespace
    /// @param startTime of that process, in clock ticks since boot: with the pid, its identity
    /// @param shim the pidfd of its shim, a child of this JVM, which must reap it: the caller owns it
    public record Started(int pid, long startTime, Fd shim) {
    }

    /// Answers when the container's program has been executed.
    ///
    /// @throws LaunchException naming the step and the errno
    public Started launch(LaunchPlan plan) {
        Script script = LaunchScript.assemble(plan, layerMode, Architecture.current());
        Interpreter.Running running = Interpreter.start(script,
                List.of(new Interpreter.Passed(NativePrograms.instance().shim(), Descriptors.SHIM_PROGRAM)));
        try (Fd report = running.report()) {
            Report.Started started = outcome(script, Report.readAll(report, TIMEOUT));
            return new Started(started.pid(), started.startTime(), running.pidfd());
        } catch (RuntimeException failure) {
            // The child half has the shim as its parent and the other end of its pipe: it ends with it.
            ProcessCalls.signal(running.pidfd(), ProcessCalls.SIGKILL);
            ProcessCalls.reap(running.pidfd());
            running.close();
            throw failure;
        }
    }

    private static Report.Started outcome(Script script, List<Report> reports) {
        for (Report report : reports) {
            if (report instanceof Report.Failed(long offset, int errno)) {
                throw new LaunchException(offset == 0 ? "start the shim" : script.stepAt(offset), errno);
            }
        }
        return reports.stream().filter(Report.Started.class::isInstance).map(Report.Started.class::cast).findFirst()
                .orElseThrow(() -> new JorchException(ErrorCode.INTERNAL,
                        "the start ended without a report: the helper was killed, perhaps for lack of memory"));
    }
}
