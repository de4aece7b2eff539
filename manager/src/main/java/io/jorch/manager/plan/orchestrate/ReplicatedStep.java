package io.jorch.manager.plan.orchestrate;

import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ServiceMode;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.drain.Stopping;
import io.jorch.manager.plan.rollout.Revisions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// As many held slots as there are to be replicas.
public final class ReplicatedStep implements Step {
    @Override
    public void run(Planning planning) {
        for (Service service : planning.state().services().all()) {
            if (!service.removing() && service.spec().modeOrDefault() instanceof ServiceMode.Replicated mode) {
                scale(planning, service, mode.replicasOrDefault());
            }
        }
    }

    private static void scale(Planning planning, Service service, long replicas) {
        Map<String, Slot> slots = Slot.of(planning, service);
        List<Slot> held = slots.values().stream().filter(Slot::held).toList();
        if (held.size() < replicas) {
            TreeSet<Long> taken = new TreeSet<>();
            slots.values().stream().filter(slot -> slot.held() || slot.busy()).forEach(slot -> taken.add(slot.number()));
            long revision = Revisions.forNewSlots(planning, service);
            long number = 0;
            for (long missing = replicas - held.size(); missing > 0; missing--) {
                do {
                    number++;
                } while (taken.contains(number));
                Tasks.create(planning, service, revision, number, "", TaskState.RUNNING);
            }
        } else if (held.size() > replicas) {
            victims(held, held.size() - (int) replicas).forEach(slot -> slot.tasks().stream().filter(Tasks::wanted)
                    .forEach(task -> Stopping.stop(planning, task)));
        }
    }

    /// Slots without a running task first; then from the node with most of them; of these the newest.
    private static List<Slot> victims(List<Slot> held, int count) {
        Map<String, Integer> crowd = new HashMap<>();
        held.forEach(slot -> nodeOf(slot).forEach(node -> crowd.merge(node, 1, Integer::sum)));
        List<Slot> left = new ArrayList<>(held);
        List<Slot> victims = new ArrayList<>();
        while (victims.size() < count) {
            Slot victim = left.stream().max(Comparator.comparing((Slot slot) -> !running(slot))
                    .thenComparing(slot -> nodeOf(slot).stream().mapToInt(node -> crowd.getOrDefault(node, 0)).max()
                            .orElse(0))
                    .thenComparing(Slot::number)).orElseThrow();
            nodeOf(victim).forEach(node -> crowd.merge(node, -1, Integer::sum));
            left.remove(victim);
            victims.add(victim);
        }
        return victims;
    }

    private static boolean running(Slot slot) {
        return slot.tasks().stream().anyMatch(task -> Tasks.wanted(task) && Tasks.healthy(task));
    }

    private static List<String> nodeOf(Slot slot) {
        return slot.tasks().stream().filter(Tasks::staying).map(Task::nodeId).filter(id -> !id.isEmpty()).distinct()
                .toList();
    }
}
