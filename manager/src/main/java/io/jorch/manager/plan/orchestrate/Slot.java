package io.jorch.manager.plan.orchestrate;

import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Tasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All tasks of one slot, oldest first; see [Tasks] for the words.
///
/// @param key the slot's number, or the node's id in a global service
public record Slot(String key, List<Task> tasks) {
    /// Slot numbers in their order as numbers; node ids after them, in theirs as text.
    private static final Comparator<String> BY_KEY = Comparator.comparingInt(String::length)
            .thenComparing(Comparator.naturalOrder());

    /// A service's slots by key.
    public static Map<String, Slot> of(Planning planning, Service service) {
        Map<String, Slot> slots = new TreeMap<>(BY_KEY);
        for (Task task : planning.tasksOf(service.id())) {
            slots.computeIfAbsent(task.slotKey(), key -> new Slot(key, new ArrayList<>())).tasks.add(task);
        }
        for (Slot slot : slots.values()) {
            if (slot.tasks.size() > 1) {
                slot.tasks.sort(Tasks.BY_AGE);
            }
        }
        return slots;
    }

    public long number() {
        return tasks.getFirst().slot();
    }

    public List<Task> staying() {
        return tasks.stream().filter(Tasks::staying).toList();
    }

    public List<Task> leaving() {
        return tasks.stream().filter(Tasks::leaving).toList();
    }

    /// A task holds the slot: nothing new is to be made for it.
    public boolean held() {
        return tasks.stream().anyMatch(Tasks::wanted);
    }

    /// Something of it may still run.
    public boolean busy() {
        return tasks.stream().anyMatch(task -> !Tasks.ended(task));
    }

    /// The newest task that ended by itself, or null.
    public @Nullable Task newestEndedByItself() {
        return tasks.stream().filter(Tasks::endedByItself).reduce((_, later) -> later).orElse(null);
    }
}
