package io.jorch.worker.health;

import java.util.List;

/// What is asked.
public sealed interface ProbeTarget {
    /// A command in the task: exit code 0 passes.
    record Exec(List<String> command) implements ProbeTarget {
        public Exec {
            command = List.copyOf(command);
        }
    }

    /// `GET path` at a port of the task: 2xx and 3xx pass.
    record Http(int port, String path) implements ProbeTarget {
    }

    /// A connection to a port of the task passes.
    record Tcp(int port) implements ProbeTarget {
    }
}
