package io.jorch.worker.task;

import io.jorch.worker.health.HealthCheck;
import io.jorch.worker.health.HealthState;
import io.jorch.worker.health.ProbeResult;
import io.jorch.worker.health.Prober;
import io.jorch.worker.time.Alarms;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Keeps a task's checks going. The runner's thread owns it and hands it what happens; probes run on threads of their
/// own and answer through the runner's mailbox.
final class HealthStep implements AutoCloseable {
    enum Kind {
        /// Docker's health check of spec or image.
        HEALTH,
        /// [io.jorch.api.spec.TaskExtension#liveness].
        LIVENESS,
        /// [io.jorch.api.spec.TaskExtension#readiness]: failing it ends nothing.
        READINESS
    }

    private final Map<Kind, HealthState> states = new EnumMap<>(Kind.class);
    private final Map<Kind, Alarms.Alarm> due = new EnumMap<>(Kind.class);
    private final Map<Kind, Thread> probing = new EnumMap<>(Kind.class);
    private final TaskControl control;
    private final Alarms alarms;
    private final Prober prober;

    /// @param adopted the task was found running and well: its checks go on from there
    HealthStep(Map<Kind, HealthCheck> checks, boolean adopted, TaskControl control, Alarms alarms, Prober prober) {
        this.control = control;
        this.alarms = alarms;
        this.prober = prober;
        long now = alarms.now();
        checks.forEach((kind, check) -> {
            boolean knownGood = adopted && kind != Kind.READINESS;
            states.put(kind, knownGood ? HealthState.adoptedHealthy(check, now) : HealthState.starting(check, now));
        });
    }

    /// Begins all checks, each with a probe at once.
    void start() {
        states.keySet().forEach(this::probe);
    }

    void due(Kind kind) {
        due.remove(kind);
        probe(kind);
    }

    void probed(Kind kind, ProbeResult result) {
        probing.remove(kind);
        HealthState state = states.get(kind);
        if (state == null) {
            return;
        }
        long now = alarms.now();
        HealthState next = state.after(result, now);
        states.put(kind, next);
        due.put(kind, alarms.after(next.pause(now), () -> control.post(new Happening.ProbeDue(kind))));
    }

    /// Every check that a task must pass to count as running has passed.
    boolean healthy() {
        return states.entrySet().stream().filter(check -> check.getKey() != Kind.READINESS)
                .allMatch(check -> check.getValue().phase() == HealthState.Phase.HEALTHY);
    }

    boolean ready() {
        HealthState readiness = states.get(Kind.READINESS);
        return healthy() && (readiness == null || readiness.phase() == HealthState.Phase.HEALTHY);
    }

    /// What the last probe of a failed check said; empty: none has failed for good.
    Optional<String> unhealthy() {
        return states.entrySet().stream()
                .filter(check -> check.getKey() != Kind.READINESS
                        && check.getValue().phase() == HealthState.Phase.UNHEALTHY)
                .map(check -> check.getValue().lastOutput()).findFirst();
    }

    /// What is waited for while it isn't healthy, for showing.
    String waitingFor() {
        return states.entrySet().stream().filter(check -> check.getValue().phase() != HealthState.Phase.HEALTHY)
                .map(check -> check.getValue().lastOutput()).filter(output -> !output.isEmpty()).findFirst().orElse("");
    }

    @Override
    public void close() {
        due.values().forEach(Alarms.Alarm::cancel);
        probing.values().forEach(Thread::interrupt);
        due.clear();
        probing.clear();
    }

    private void probe(Kind kind) {
        HealthState state = states.get(kind);
        if (state == null || probing.containsKey(kind)) {
            return;
        }
        HealthCheck check = state.check();
        probing.put(kind, Thread.ofVirtual().name("probe").start(() -> {
            try {
                control.post(new Happening.Probed(kind, prober.probe(check.target(), check.timeout())));
            } catch (InterruptedException cancelled) {
                // The runner ended the check: nobody waits for the answer.
                Thread.currentThread().interrupt();
            } catch (RuntimeException failure) {
                control.post(new Happening.Probed(kind,
                        ProbeResult.fail(io.jorch.api.error.JorchException.describe(failure))));
            }
        }));
    }
}
