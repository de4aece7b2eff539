package io.jorch.manager.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What must hold in every committed state (design, section 7).
final class Invariants {
    private Invariants() {
    }

    static void check(World world) {
        Map<String, Integer> upBySlot = new HashMap<>();
        Set<String> addresses = new HashSet<>();
        Set<Long> ranges = new HashSet<>();
        for (Task task : world.state.tasks().all()) {
            String slot = task.serviceId() + "/" + task.slotKey();
            if (Tasks.staying(task) && task.desired() != TaskState.READY && !lost(world, task)) {
                upBySlot.merge(slot, 1, Integer::sum);
            }
            if (!Tasks.ended(task)) {
                task.legs().forEach(leg -> assertTrue(addresses.add(leg.networkId() + " " + leg.address()),
                        () -> "address twice: " + leg));
                task.hostPorts().stream().filter(_ -> !task.legs().isEmpty())
                        .forEach(port -> assertTrue(addresses.add(task.nodeId() + " " + port),
                                () -> "host port twice: " + port));
            }
            assertTrue(task.status().state() == TaskState.PENDING || !task.nodeId().isEmpty(),
                    () -> "placed on no node: " + task);
        }
        upBySlot.forEach((slot, count) -> assertTrue(count <= 2, () -> "too many wanted in slot " + slot));
        for (Service service : world.state.services().all()) {
            service.virtualAddresses().forEach((network, address) -> assertTrue(addresses.add(network + " " + address),
                    () -> "virtual address twice: " + address));
            if (service.ids() != null) {
                assertTrue(ranges.add(service.ids().first()), () -> "id range twice: " + service.ids());
            }
            for (Task task : world.state.tasksOfService(service.id())) {
                assertTrue(service.has(task.revision()), () -> "task of a forgotten revision: " + task);
            }
        }
    }

    private static boolean lost(World world, Task task) {
        return !task.nodeId().isEmpty() && (world.state.nodes().get(task.nodeId()) == null
                || world.state.nodes().get(task.nodeId()).status().state()
                        == io.jorch.api.object.NodeStatus.State.DOWN);
    }
}
