package io.jorch.worker.task;

import io.jorch.api.message.TaskAssignment;

/// Gives the task its network, before anything runs in it.
final class NetworkStep {
    private final TaskNetworks networks;

    NetworkStep(TaskNetworks networks) {
        this.networks = networks;
    }

    AttachedNetwork run(TaskAssignment task, PrepareStep.Prepared prepared) throws InterruptedException {
        return networks.attach(task, prepared.plan());
    }
}
