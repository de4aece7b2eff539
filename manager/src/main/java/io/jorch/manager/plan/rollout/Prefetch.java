package io.jorch.manager.plan.rollout;

import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Task;
import io.jorch.manager.plan.NodeView;
import io.jorch.manager.plan.Planning;
import io.jorch.manager.plan.Tasks;
import io.jorch.manager.plan.orchestrate.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has nodes fetch the new image before a task of theirs is stopped: an image that can't be had stops nothing.
final class Prefetch {
    private final Planning planning;
    private final ImagePin image;

    Prefetch(Planning planning, ImagePin image) {
        this.planning = planning;
        this.image = image;
    }

    /// Nodes of the slot's running tasks with a session; others are not waited for.
    private List<String> nodes(Slot slot) {
        return slot.tasks().stream().filter(task -> Tasks.staying(task) && Tasks.healthy(task)).map(Task::nodeId)
                .distinct().filter(id -> {
                    NodeView view = planning.observed().node(id);
                    return view != null && view.live();
                }).toList();
    }

    void ask(Slot slot) {
        nodes(slot).stream().filter(id -> !planning.observed().fetched(id, image.pinned()))
                .forEach(id -> planning.fetch(id, image));
    }

    boolean done(Slot slot) {
        return nodes(slot).stream().allMatch(id -> planning.observed().fetched(id, image.pinned()));
    }

    /// Why it could not be fetched for the slot; null: it could, or that isn't known yet.
    @Nullable String error(Slot slot) {
        for (String id : nodes(slot)) {
            NodeView view = planning.observed().node(id);
            String error = view == null ? null : view.imageErrors().get(image.pinned());
            if (error != null) {
                return "image " + image.pinned() + " not being there on node " + id + ": " + error;
            }
        }
        return null;
    }

    String late(Slot slot) {
        return "image " + image.pinned() + " not being there on nodes " + nodes(slot) + " in time";
    }
}
