package io.jorch.worker.task;

import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.TaskAssignment;
import io.jorch.worker.compose.ContainerPlan;
import io.jorch.worker.health.TaskDialer;

/// The node's networks, as a worker needs them. May be called by any thread; blocks; cancelled by interrupt.
public interface TaskNetworks {
    /// Makes the map true.
    void apply(NetworkMap map) throws InterruptedException;

    /// Makes a task's network; answers the same again when it is there already. Waits until the node knows the networks
    /// that the task is on.
    AttachedNetwork attach(TaskAssignment task, ContainerPlan plan) throws InterruptedException;

    /// Takes a task's network away, or succeeds when there is none.
    void detach(String taskId) throws InterruptedException;

    /// Connections that are open to the task's published ports.
    int openConnections(TaskAssignment task) throws InterruptedException;

    /// Connects to the task's own ports.
    TaskDialer dialer(TaskAssignment task);
}
