package io.jorch.runtime.launch;

import java.time.Duration;
import java.util.List;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Architecture;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.ProcessCalls;
import io.jorch.runtime.script.Script;

/// Starts further processes in running containers. Stateless; blocks in native code.
public final class Executor {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Executor() {
    }

    /// A process running in a container, a child of this JVM, which must reap it.
    ///
    /// @param process its pidfd
    /// @param output the read end of the pipe of both its outputs
    public record Running(Fd process, Fd output) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
            output.close();
        }
    }

    /// Answers when the program has been executed.
    ///
    /// @param container the pidfd of the container's first process
    /// @throws LaunchException naming the step and the errno
    public static Running start(ExecPlan plan, Fd container) {
        Script script = ExecScript.assemble(plan, Architecture.current());
        Fd[] output = FdCalls.pipe();
        try (Fd writeEnd = output[1]) {
            return start(script, container, output[0], writeEnd);
        } catch (RuntimeException failure) {
            output[0].close();
            throw failure;
        }
    }

    private static Running start(Script script, Fd container, Fd output, Fd writeEnd) {
        try (Interpreter.Running helper = Interpreter.start(script,
                List.of(new Interpreter.Passed(container, Descriptors.TARGET),
                        new Interpreter.Passed(writeEnd, Descriptors.OUT)))) {
            // The pipe ends when this JVM's copy is closed too, which must not be later than the read of the report.
            writeEnd.close();
            List<Report> reports = reports(helper);
            Report.Started started = reports.stream().filter(Report.Started.class::isInstance)
                    .map(Report.Started.class::cast).findFirst().orElse(null);
            Report.Failed failed = reports.stream().filter(Report.Failed.class::isInstance)
                    .map(Report.Failed.class::cast).findFirst().orElse(null);
            // Ours to reap, so the pid can't be another's yet.
            Fd process = started == null ? null : ProcessCalls.openPid(started.pid());
            if (process != null && failed == null) {
                return new Running(process, output);
            }
            if (process != null) {
                ProcessCalls.reap(process);
                process.close();
            }
            throw failed != null
                    ? new LaunchException(script.stepAt(failed.offset()), failed.errno())
                    : new JorchException(ErrorCode.CONFLICT, "the process ended before it began: its container ended");
        }
    }

    private static List<Report> reports(Interpreter.Running helper) {
        try {
            return Report.readAll(helper.report(), TIMEOUT);
        } finally {
            ProcessCalls.signal(helper.pidfd(), ProcessCalls.SIGKILL);
            ProcessCalls.reap(helper.pidfd());
        }
    }
}
