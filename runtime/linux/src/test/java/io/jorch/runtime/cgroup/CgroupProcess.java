package io.jorch.runtime.cgroup;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A shell that joins a cgroup, then runs a script in it.
final class CgroupProcess implements AutoCloseable {
    private static final String JOIN = "while [ \"$1\" != -- ]; do echo $$ > \"$1/cgroup.procs\" || exit 99; shift; "
            + "done; shift; exec sh -c \"$1\"";

    private final Process process;

    /// How it ended and what it said on both streams.
    record Result(int exit, String output) {
    }

    private CgroupProcess(Process process) {
        this.process = process;
    }

    static CgroupProcess start(TaskCgroup cgroup, String script) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", JOIN, "sh"));
        for (Path directory : cgroup.joinDirectories()) {
            command.add(directory.toString());
        }
        command.add("--");
        command.add(script);
        return new CgroupProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    static Result run(TaskCgroup cgroup, String script) throws IOException {
        try (CgroupProcess process = start(cgroup, script)) {
            return process.await();
        }
    }

    /// Waits for a line of output, which says that the script has got there.
    String line() throws IOException {
        return process.inputReader(StandardCharsets.UTF_8).readLine();
    }

    Result await() throws IOException {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IOException("the process did not end");
            }
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted");
        }
        StringBuilder output = new StringBuilder();
        while (process.inputReader(StandardCharsets.UTF_8).ready()) {
            output.append((char) process.inputReader(StandardCharsets.UTF_8).read());
        }
        return new Result(process.exitValue(), output.toString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
