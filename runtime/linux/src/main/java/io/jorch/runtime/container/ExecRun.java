package io.jorch.runtime.container;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.jorch.runtime.cgroup.TaskCgroup;
import io.jorch.runtime.launch.ExecPlan;
import io.jorch.runtime.launch.Executor;
import io.jorch.runtime.launch.IdRange;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.ProcessCalls;

/// Runs one further process. It gets a v2 cgroup of its own inside the container's, so that all it starts can be
/// killed at once, even what has moved to another session.
final class ExecRun {
    private static final int OUTPUT_LIMIT = 4096;

    private final TaskCgroup cgroup;
    private final IdRange idRange;

    ExecRun(TaskCgroup cgroup, IdRange idRange) {
        this.cgroup = cgroup;
        this.idRange = idRange;
    }

    ExecResult run(Fd target, ProcessPlan plan, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (ExecCgroup own = ExecCgroup.make(cgroup.unified())) {
            List<Path> procs = new ArrayList<>();
            for (Path directory : cgroup.joinDirectories()) {
                procs.add((directory.equals(cgroup.unified()) ? own.directory() : directory).resolve("cgroup.procs"));
            }
            try (Executor.Running running = Executor.start(new ExecPlan(idRange, plan, procs), target)) {
                return await(running, own, deadline);
            }
        }
    }

    private static ExecResult await(Executor.Running running, ExecCgroup own, long deadline) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        boolean ended = false;
        boolean open = true;
        byte[] buffer = new byte[OUTPUT_LIMIT];
        while (!ended && System.nanoTime() < deadline) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            List<Fd> waited = open ? List.of(running.process(), running.output()) : List.of(running.process());
            List<Fd> ready = FdCalls.awaitAny(waited, left);
            ended = ready.contains(running.process());
            if (ready.contains(running.output())) {
                open = keep(running.output(), buffer, output);
            }
        }
        if (!ended) {
            own.kill();
        }
        int code = ProcessCalls.reap(running.process());
        own.kill();
        while (open && !FdCalls.awaitAny(List.of(running.output()), Duration.ZERO).isEmpty()) {
            open = keep(running.output(), buffer, output);
        }
        return new ExecResult(code, output.toString(StandardCharsets.UTF_8), !ended);
    }

    /// Answers false at the end of the output. What is beyond the limit is read and thrown away.
    private static boolean keep(Fd pipe, byte[] buffer, ByteArrayOutputStream output) {
        int length = FdCalls.read(pipe, buffer);
        output.write(buffer, 0, Math.min(length, OUTPUT_LIMIT - output.size()));
        return length > 0;
    }
}
