package io.jorch.manager.plan.reap;

import io.jorch.api.object.AddressBlock;
import io.jorch.api.object.Cluster;
import io.jorch.api.object.RestartHistory;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.manager.plan.Modes;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Step;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.allocate.Cidr;
import io.jorch.manager.plan.drain.Stopping;
import io.jorch.manager.plan.orchestrate.Slot;
import io.jorch.raft.state.Indexes;
import java.util.Comparator;
import java.util.List;

/// Removes what is over, in two steps that leave nothing behind: first a task is desired REMOVE, by which its node
/// learns to clear it; only when the node has nothing left of it, it leaves the state. A removed service goes after its
/// last task, so its id range is used again by nobody too early.
public final class ReapStep implements Step {
    private static final int UNLIMITED = -1;

    @Override
    public void run(Planning planning) {
        Cluster cluster = planning.cluster();
        long limit = cluster == null ? UNLIMITED : cluster.spec().taskHistory();
        for (Service service : planning.state().services().all()) {
            if (service.removing()) {
                planning.tasksOf(service.id()).forEach(task -> leave(planning, task));
            } else if (planning.tasksOf(service.id()).stream().anyMatch(task -> !Tasks.wanted(task))) {
                history(planning, service, limit);
            }
            planning.tasksOf(service.id()).stream().filter(task -> cleared(planning, task)).toList()
                    .forEach(planning::delete);
            restarts(planning, service);
            if (service.removing() && planning.tasksOf(service.id()).isEmpty()) {
                delete(planning, service);
            }
        }
        blocks(planning);
    }

    private static void leave(Planning planning, Task task) {
        if (Tasks.wanted(task)) {
            Stopping.stop(planning, task);
        } else {
            remove(planning, task);
        }
    }

    /// Beyond the limit the oldest of each slot go; of a slot that is no more, all.
    private static void history(Planning planning, Service service, long limit) {
        for (Slot slot : Slot.of(planning, service).values()) {
            boolean gone = Modes.perNode(service) ? planning.node(slot.key()) == null
                    : !Modes.job(service) && !slot.held();
            List<Task> past = slot.tasks().stream()
                    .filter(task -> task.desired() == TaskState.SHUTDOWN && (gone || Tasks.ended(task))).toList();
            long surplus = gone ? past.size() : limit < 0 ? 0 : past.size() - limit;
            past.stream().sorted(Comparator.comparing(Tasks::ended).reversed().thenComparing(Tasks.BY_AGE))
                    .limit(Math.max(0, surplus)).forEach(task -> remove(planning, task));
        }
    }

    private static void remove(Planning planning, Task task) {
        if (task.desired() == TaskState.SHUTDOWN) {
            planning.put(task.withDesired(TaskState.REMOVE, planning.now().wall()));
        }
    }

    /// Nothing is left of it anywhere.
    private static boolean cleared(Planning planning, Task task) {
        return task.desired() == TaskState.REMOVE && Tasks.ended(task)
                && (planning.node(task.nodeId()) == null || task.status().state() == TaskState.ORPHANED
                        || planning.observed().clearedOf(task.nodeId(), task.id()));
    }

    /// Histories of slots that have no task.
    private static void restarts(Planning planning, Service service) {
        for (String id : planning.state().indexes().restartsByService().get(service.id())) {
            RestartHistory history = planning.state().restarts().get(id);
            String slotKey = id.substring(service.id().length() + 1);
            if (history != null
                    && planning.tasksOf(service.id()).stream().noneMatch(task -> task.slotKey().equals(slotKey))) {
                planning.delete(history);
            }
        }
    }

    private static void delete(Planning planning, Service service) {
        Rollout rollout = planning.state().rollouts().get(service.id());
        if (rollout != null) {
            planning.delete(rollout);
        }
        planning.delete(service);
    }

    /// Address blocks of nodes that were removed, once nobody has an address of them.
    private static void blocks(Planning planning) {
        for (AddressBlock block : planning.state().blocks().all()) {
            if (!block.nodeId().isEmpty() && planning.node(block.nodeId()) == null && unused(planning, block)) {
                planning.delete(block);
            }
        }
    }

    private static boolean unused(Planning planning, AddressBlock block) {
        long first = Cidr.address(block.first(), "First");
        for (long address = first; address < first + AddressBlock.SIZE; address++) {
            if (!planning.free(Indexes.addressClaim(block.networkId(), Cidr.text(address)), "")) {
                return false;
            }
        }
        return true;
    }
}
