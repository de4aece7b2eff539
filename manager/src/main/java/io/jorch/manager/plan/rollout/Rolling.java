package io.jorch.manager.plan.rollout;

import io.jorch.api.object.Rollout;
import io.jorch.api.object.Rollout.Outcome;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.plan.Modes;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.drain.Stopping;
import io.jorch.manager.plan.orchestrate.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One rollout at one moment.
final class Rolling {
    private final Planning planning;
    private final Service service;
    private final Rollout rollout;
    private final RolloutSettings settings;
    private final Map<String, Slot> slots = new TreeMap<>();
    private final Map<String, Rollout.Slot> outcomes = new TreeMap<>();
    private @Nullable String failure;

    Rolling(Planning planning, Service service, Rollout rollout) {
        this.planning = planning;
        this.service = service;
        this.rollout = rollout;
        this.settings = RolloutSettings.of(service, rollout);
        load();
        rollout.slots().forEach((key, outcome) -> {
            if (slots.containsKey(key)) {
                outcomes.put(key, outcome);
            }
        });
    }

    private void load() {
        slots.clear();
        Slot.of(planning, service).forEach((key, slot) -> {
            // A node that is away is not waited for: its task is replaced when a rollout finds it back.
            boolean away = Modes.perNode(service)
                    && slot.tasks().stream().anyMatch(task -> Tasks.wanted(task) && planning.lost(task));
            if (slot.held() && !away) {
                slots.put(key, slot);
            }
        });
    }

    void run() {
        slots.values().forEach(this::retire);
        if (!rollout.state().active()) {
            return;
        }
        load();
        slots.forEach(this::judge);
        boolean over = !tooManyFailed() && goOn();
        if (tooManyFailed()) {
            String why = failure;
            new RolloutFailure(planning, service, settings.config()).act(rollout.withSlots(ordered(),
                    planning.now().wall()), why == null ? rollout.message() : why);
        } else {
            store(over);
        }
    }

    private boolean tooManyFailed() {
        long failed = outcomes.values().stream().filter(slot -> slot.outcome() == Outcome.FAILED).count();
        return !settings.config().failureAction().equals("continue") && settings.tooMany(failed, slots.size());
    }

    /// @return whether there is nothing left to do
    private boolean goOn() {
        boolean underWay = outcomes.values().stream().anyMatch(slot -> slot.outcome() == Outcome.RUNNING);
        List<Slot> left = left();
        if (!underWay && !left.isEmpty()) {
            nextBatch(left);
        }
        return !underWay && left.isEmpty()
                && (outcomes.isEmpty() || planning.due(since() + settings.lastWatch()));
    }

    /// A healthy new task relieves the old ones of its slot; one that failed beside a healthy old one is given up.
    private void retire(Slot slot) {
        boolean newHealthy = slot.tasks().stream()
                .anyMatch(task -> Tasks.wanted(task) && Tasks.healthy(task) && clean(task));
        boolean oldHealthy = slot.tasks().stream()
                .anyMatch(task -> Tasks.wanted(task) && Tasks.healthy(task) && !clean(task));
        Rollout.Slot outcome = rollout.slots().get(slot.key());
        boolean failed = outcome != null && outcome.outcome() == Outcome.FAILED && rollout.state().active();
        for (Task task : slot.tasks()) {
            if (Tasks.wanted(task) && (newHealthy ? !clean(task) : failed && oldHealthy && clean(task))) {
                Stopping.stop(planning, task);
            }
        }
    }

    private boolean clean(Task task) {
        return !Revisions.dirty(service, task);
    }

    private void judge(String key, Slot slot) {
        Rollout.Slot before = outcomes.get(key);
        if (before == null || before.outcome() == Outcome.FAILED) {
            return;
        }
        String failed = Failure.ofTask(planning, service, slot, rollout, settings.config().monitorOrDefault());
        boolean done = slot.tasks().stream().anyMatch(task -> clean(task)
                && (Tasks.staying(task) && Tasks.healthy(task)
                        || Tasks.resting(task) && task.status().state() == TaskState.COMPLETE));
        if (failed == null && before.outcome() == Outcome.RUNNING && !done
                && planning.due(planning.sinceMark(Planning.batchMark(service.id())) + settings.progressDeadline())) {
            failed = Failure.late(planning, service, slot, settings.progressDeadline());
        }
        if (failed != null) {
            fail(key, before.batch(), failed);
        } else if (done) {
            outcomes.put(key, new Rollout.Slot(before.batch(), Outcome.DONE));
        }
    }

    private void fail(String key, int batch, String why) {
        failure = why;
        outcomes.put(key, new Rollout.Slot(batch, Outcome.FAILED));
    }

    /// Slots still to be touched: those without a healthy task first, as they have nothing to lose.
    private List<Slot> left() {
        return slots.values().stream()
                .filter(slot -> !outcomes.containsKey(slot.key())
                        && slot.tasks().stream().anyMatch(task -> Tasks.wanted(task) && !clean(task)))
                .sorted(Comparator.comparing((Slot slot) -> slot.staying().stream().anyMatch(Tasks::healthy))
                        .thenComparing(slot -> slot.key().length()).thenComparing(Slot::key))
                .toList();
    }

    private long since() {
        return planning.sinceMark(Planning.rolloutMark(service.id()));
    }

    private void nextBatch(List<Slot> left) {
        int batch = outcomes.values().stream().mapToInt(Rollout.Slot::batch).max().orElse(0) + 1;
        Prefetch prefetch = new Prefetch(planning, service.targetRevision().image(), since());
        if (!settings.startFirst()) {
            left.forEach(prefetch::ask);
        }
        if (batch > 1 && !planning.due(since() + settings.pause())) {
            return;
        }
        List<Slot> next = left.subList(0, Math.min(settings.batchSize(slots.size()), left.size()));
        if (!settings.startFirst()) {
            for (Slot slot : next) {
                String error = prefetch.error(slot);
                boolean late = !prefetch.done(slot) && planning.due(since() + settings.progressDeadline());
                if (error != null || late) {
                    fail(slot.key(), batch, error != null ? error : prefetch.late(slot));
                }
            }
            if (failure != null || !next.stream().allMatch(prefetch::done)) {
                return;
            }
        }
        for (Slot slot : next) {
            begin(slot);
            outcomes.put(slot.key(), new Rollout.Slot(batch, Outcome.RUNNING));
        }
    }

    private void begin(Slot slot) {
        List<Task> old = slot.tasks().stream().filter(Tasks::wanted).toList();
        long number = slot.number();
        if (settings.startFirst() && old.stream().anyMatch(Tasks::staying)) {
            Tasks.create(planning, service, service.target(), number, Modes.perNode(service) ? slot.key() : "",
                    Modes.wanted(service));
            return;
        }
        // The image is on the old task's node: the new one is best off there.
        String nodeId = Modes.perNode(service)
                ? slot.key()
                : old.stream().filter(Tasks::staying).map(Task::nodeId).findFirst().orElse("");
        old.forEach(task -> Stopping.stop(planning, task));
        Tasks.create(planning, service, service.target(), number, nodeId, TaskState.READY);
    }

    private void store(boolean over) {
        String note = failure == null ? rollout.message() : words() + " goes on in spite of " + failure;
        Rollout next = rollout;
        if (!outcomes.equals(rollout.slots())) {
            next = next.withSlots(ordered(), planning.now().wall());
        }
        if (over) {
            long failed = outcomes.values().stream().filter(slot -> slot.outcome() == Outcome.FAILED).count();
            boolean rollback = rollout.state().rollback();
            String end = words() + " completed"
                    + (failed > 0 ? "; " + failed + (failed == 1 ? " slot" : " slots") + " failed: " + note : rollback ? "; " + note : "");
            next = next.withState(rollback ? Rollout.State.ROLLBACK_COMPLETED : Rollout.State.COMPLETED, end, true,
                    planning.now().wall());
        } else if (!note.equals(rollout.message())) {
            next = next.withState(rollout.state(), note, false, planning.now().wall());
        }
        if (next != rollout) {
            planning.put(next);
        }
    }

    private String words() {
        return rollout.state().rollback() ? "rollback" : "update";
    }

    private Map<String, Rollout.Slot> ordered() {
        Map<String, Rollout.Slot> ordered = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>(outcomes.keySet());
        keys.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        keys.forEach(key -> {
            Rollout.Slot outcome = outcomes.get(key);
            if (outcome != null) {
                ordered.put(key, outcome);
            }
        });
        return ordered;
    }
}
