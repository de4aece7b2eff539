package io.jorch.worker.agent;

import io.jorch.api.error.JorchException;
import io.jorch.worker.task.TaskNetworks;
import io.jorch.worker.task.TaskRuntime;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was on the machine when the daemon started and is in no journal. It is taken away only after a manager has said
/// what the node is to have: should the journal be lost, running tasks are found again instead of killed. Owned by the
/// agent's thread.
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final TaskRuntime runtime;
    private final TaskNetworks networks;
    private final Executor blocking;
    private Set<String> unknown = Set.of();

    Leftovers(TaskRuntime runtime, TaskNetworks networks, Executor blocking) {
        this.runtime = runtime;
        this.networks = networks;
        this.blocking = blocking;
    }

    /// Looks, before anything is started. What comes later is never a leftover.
    void note(Set<String> known) {
        unknown = new HashSet<>(runtime.present());
        unknown.removeAll(known);
    }

    void sweep(Set<String> known) {
        Set<String> gone = new HashSet<>(unknown);
        gone.removeAll(known);
        unknown = Set.of();
        for (String taskId : gone) {
            blocking.execute(() -> {
                try {
                    runtime.remove(taskId);
                    networks.detach(taskId);
                    LOG.info("event=leftover-removed task={}", taskId);
                } catch (RuntimeException failure) {
                    LOG.warn("event=leftover-stays task={} error=\"{}\"", taskId, JorchException.describe(failure));
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
