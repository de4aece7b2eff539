package io.jorch.worker.task;

import io.jorch.worker.compose.ContainerPlan;
import io.jorch.worker.health.NetworkProbe;
import io.jorch.worker.health.ProbeResult;
import io.jorch.worker.health.ProbeTarget;
import io.jorch.worker.health.Prober;
import java.util.Optional;

/// Asks one task: commands through its container, ports through its network.
final class TaskProber implements Prober {
    private final TaskContainer container;
    private final Optional<ContainerPlan> plan;
    private final NetworkProbe network;

    /// @param plan empty: its image is gone, so it isn't known how commands are run in it
    TaskProber(TaskContainer container, Optional<ContainerPlan> plan, NetworkProbe network) {
        this.container = container;
        this.plan = plan;
        this.network = network;
    }

    @Override
    public ProbeResult probe(ProbeTarget target, long timeout) throws InterruptedException {
        return switch (target) {
            case ProbeTarget.Exec exec -> plan.isEmpty()
                    ? ProbeResult.fail("the task's image is gone from the node")
                    : container.run(plan.get(), exec.command(), timeout);
            case ProbeTarget.Http(int port, String path) -> network.http(port, path, timeout);
            case ProbeTarget.Tcp(int port) -> network.tcp(port, timeout);
        };
    }
}
