package io.jorch.worker.adapt;

import io.jorch.worker.health.ProbeResult;
import io.jorch.worker.task.TaskContainer;
import io.jorch.worker.task.TaskExit;
import java.util.List;

/// A task whose container ended while no daemon looked.
///
/// @param id the container's, 64 digits
record EndedTask(String id, TaskExit awaitExit) implements TaskContainer {
    @Override
    public long pid() {
        return 0;
    }

    @Override
    public void signal(int signal) {
        // It has ended: there is nobody to hear it.
    }

    @Override
    public ProbeResult run(List<String> command, long timeout) {
        return ProbeResult.fail("the container has ended");
    }
}
