package io.jorch.worker.task;

import io.jorch.worker.health.NetworkProbe;
import io.jorch.worker.health.ProbeResult;
import io.jorch.worker.health.ProbeTarget;
import io.jorch.worker.health.Prober;

/// Asks one task: commands through its container, ports through its network.
final class TaskProber implements Prober {
    private final TaskContainer container;
    private final NetworkProbe network;

    TaskProber(TaskContainer container, NetworkProbe network) {
        this.container = container;
        this.network = network;
    }

    @Override
    public ProbeResult probe(ProbeTarget target, long timeout) throws InterruptedException {
        return switch (target) {
            case ProbeTarget.Exec exec -> container.run(exec.command(), timeout);
            case ProbeTarget.Http(int port, String path) -> network.http(port, path, timeout);
            case ProbeTarget.Tcp(int port) -> network.tcp(port, timeout);
        };
    }
}
