package io.jorch.worker.task;

/// Starts the container. It is short and never given up half way: either it runs, or nothing is left of it.
final class LaunchStep {
    private final TaskRuntime runtime;

    LaunchStep(TaskRuntime runtime) {
        this.runtime = runtime;
    }

    TaskContainer run(PrepareStep.Prepared prepared, AttachedNetwork network) {
        return runtime.start(prepared.plan(), prepared.image(), network, prepared.folders());
    }
}
