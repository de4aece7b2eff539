package io.jorch.worker.task;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.ResourceRequirements;
import io.jorch.api.spec.TaskExtension;
import io.jorch.worker.compose.Signals;
import io.jorch.worker.health.HealthCheck;
import io.jorch.worker.health.NetworkProbe;
import io.jorch.worker.journal.JournalEntry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one task through its life, on a virtual thread of its own, in the order that [io.jorch.worker.task] draws.
/// Everything of it belongs to that thread; the agent steers it through its [TaskControl].
public final class TaskRunner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

    private final JournalEntry entry;
    private final TaskTools tools;
    private final TaskEvents events;
    private final TaskControl control;
    private final StatusReport report;
    private final RemoveStep removal;

    TaskRunner(JournalEntry entry, TaskTools tools, TaskEvents events, TaskControl control) {
        this.entry = entry;
        this.tools = tools;
        this.events = events;
        this.control = control;
        this.report = new StatusReport(entry.taskId(), entry.status(), events, tools.clock());
        this.removal = new RemoveStep(control, tools);
    }

    /// Makes runners on virtual threads.
    public static TaskRunners factory(TaskTools tools) {
        return (entry, events) -> {
            TaskControl control = new TaskControl(entry.assignment(), entry.desired(), tools.alarms());
            Thread.ofVirtual().name("task-" + entry.taskId())
                    .start(new TaskRunner(entry, tools, events, control));
            return control;
        };
    }

    @Override
    public void run() {
        try {
            if (entry.status().state().terminal()) {
                removal.release(entry.taskId()); // the daemon may have been killed between the report and this
            } else {
                Ending ending = liveOrFail();
                removal.release(entry.taskId());
                report.ended(ending.state(), ending.message(), ending.error(), ending.exitCode());
            }
            while (control.desired() != TaskState.REMOVE) {
                control.take();
            }
            removal.remove(entry.taskId());
            events.removed(entry.taskId());
        } catch (Detached detached) {
            LOG.debug("event=task-left task={}", entry.taskId());
        }
    }

    private Ending liveOrFail() throws Detached {
        try {
            return live();
        } catch (RuntimeException bug) {
            LOG.error("event=task-runner-failed task={}", entry.taskId(), bug);
            return Ending.failed("internal error: " + JorchException.describe(bug));
        }
    }

    private Ending live() throws Detached {
        Optional<TaskContainer> adopted;
        try {
            adopted = tools.runtime().adopt(entry.taskId(), report.newest().containerId());
        } catch (JorchException failure) {
            return Ending.failed("can't be taken up again: " + JorchException.describe(failure));
        }
        if (adopted.isPresent()) {
            LOG.info("event=task-adopted task={} container={} pid={}", entry.taskId(), adopted.get().id(),
                    adopted.get().pid());
            return supervise(adopted.get(), tools.images().config(entry.assignment().image()).orElse(ImageConfig.EMPTY),
                    true);
        }
        if (!entry.bootId().equals(tools.bootId())) {
            return Ending.failed("the node was restarted");
        }
        if (report.newest().state().atLeast(TaskState.RUNNING)) {
            return Ending.failed("its container is gone, and how it ended is not known");
        }
        return begin();
    }

    private Ending begin() throws Detached {
        PrepareStep.Prepared prepared;
        AttachedNetwork network;
        try {
            report.reached(TaskState.PREPARING, "preparing");
            TaskAssignment task = control.assignment();
            tools.composer().check(task);
            PreparedImage image = control.cancellable(() -> new FetchImageStep(tools.images()).run(task));
            prepared = control.cancellable(() -> new PrepareStep(tools).run(task, image));
            network = control.cancellable(() -> new NetworkStep(tools.networks()).run(task, prepared));
            checks(prepared.image().config()); // a check that can't be run is refused before anything is started
        } catch (InterruptedException stopped) {
            return Ending.stopped("stopped before it was started", null);
        } catch (JorchException refused) {
            return new Ending(TaskState.REJECTED, "preparing failed", JorchException.describe(refused), null);
        }
        report.reached(TaskState.READY, "prepared");
        while (!control.desired().atLeast(TaskState.RUNNING)) {
            control.take();
        }
        if (control.stopWanted()) {
            return Ending.stopped("stopped before it was started", null);
        }
        TaskContainer container;
        try {
            control.cancellable(() -> {
                report.starting(prepared.plan().containerId());
                return true;
            });
            container = new LaunchStep(tools.runtime()).run(prepared, network);
        } catch (InterruptedException stopped) {
            return Ending.stopped("stopped before it was started", null);
        } catch (JorchException failure) {
            return new Ending(TaskState.FAILED, "starting failed", JorchException.describe(failure), null);
        }
        return supervise(container, prepared.image().config(), false);
    }

    private Ending supervise(TaskContainer container, ImageConfig image, boolean adopted) throws Detached {
        Thread.ofVirtual().name("task-exit").start(() -> awaitExit(container));
        boolean knownWell = adopted && report.newest().state() == TaskState.RUNNING;
        TaskAssignment task = control.assignment();
        try (HealthStep health = new HealthStep(checks(image), knownWell, control, tools.alarms(),
                new TaskProber(container, new NetworkProbe(tools.networks().dialer(task), tools.alarms())))) {
            report.started(container, knownWell ? "running" : "started");
            if (!control.stopWanted()) {
                health.start();
            }
            return watch(container, stopSignal(image), health);
        }
    }

    private Ending watch(TaskContainer container, int stopSignal, HealthStep health) throws Detached {
        while (true) {
            if (control.stopWanted()) {
                return Ending.stopped("stopped", stop(container, stopSignal, true).code());
            }
            Optional<String> unhealthy = health.unhealthy();
            if (unhealthy.isPresent()) {
                if (report.newest().state() == TaskState.RUNNING) {
                    report.running("unhealthy", false);
                }
                health.close();
                TaskExit exit = stop(container, stopSignal, false);
                return new Ending(TaskState.FAILED, "stopped", "unhealthy: " + unhealthy.get(), exit.code());
            }
            if (health.healthy()) {
                report.running("running", health.ready());
            } else if (report.newest().state() == TaskState.STARTING) {
                report.started(container, waiting(health.waitingFor()));
            }
            switch (control.take()) {
                case Happening.Exited exited -> {
                    return Ending.of(exited.exit(), memoryLimit());
                }
                case Happening.ProbeDue due -> health.due(due.kind());
                case Happening.Probed probed -> health.probed(probed.kind(), probed.result());
                case Happening.Desired _, Happening.Elapsed _ -> LOG.trace("event=woken task={}", entry.taskId());
            }
        }
    }

    private TaskExit stop(TaskContainer container, int signal, boolean drain) throws Detached {
        return new StopStep(control, tools.networks(), tools.alarms()).run(container, signal, drain);
    }

    private void awaitExit(TaskContainer container) {
        try {
            control.post(new Happening.Exited(container.awaitExit()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (JorchException failure) {
            LOG.error("event=exit-unknown task={} error=\"{}\"", entry.taskId(), JorchException.describe(failure));
            control.post(new Happening.Exited(
                    new TaskExit(255, 0, false, true, tools.clock().instant())));
        }
    }

    private Map<HealthStep.Kind, HealthCheck> checks(ImageConfig image) {
        ContainerSpec container = control.assignment().spec().containerSpec();
        TaskExtension extension = control.assignment().spec().extension();
        Map<HealthStep.Kind, HealthCheck> checks = new EnumMap<>(HealthStep.Kind.class);
        HealthCheck.of(container, image).ifPresent(check -> checks.put(HealthStep.Kind.HEALTH, check));
        if (extension.liveness() != null) {
            checks.put(HealthStep.Kind.LIVENESS, HealthCheck.of(extension.liveness(), "TaskTemplate.Jorch.Liveness"));
        }
        if (extension.readiness() != null) {
            checks.put(HealthStep.Kind.READINESS, HealthCheck.of(extension.readiness(), "TaskTemplate.Jorch.Readiness"));
        }
        return checks;
    }

    private int stopSignal(ImageConfig image) {
        String own = control.assignment().spec().containerSpec().stopSignal();
        return Signals.parse("TaskTemplate.ContainerSpec.StopSignal", own.isEmpty() ? image.stopSignal() : own);
    }

    private long memoryLimit() {
        ResourceRequirements resources = control.assignment().spec().resources();
        return resources == null || resources.limits() == null ? 0 : resources.limits().memoryBytes();
    }

    private static String waiting(String output) {
        return output.isEmpty() ? "waiting for its health check" : "waiting for its health check: " + output;
    }
}
