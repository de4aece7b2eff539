package io.jorch.manager.plan.rollout;

import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Task;
import io.jorch.manager.plan.ImageState;
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
    private final long since;

    /// @param since failures before it are forgotten: the image is asked for again
    Prefetch(Planning planning, ImagePin image, long since) {
        this.planning = planning;
        this.image = image;
        this.since = since;
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
        for (String id : nodes(slot)) {
            ImageState state = state(id);
            if (state == null || state.kind() == ImageState.Kind.FAILED && state.at() <= since) {
                planning.fetch(id, image);
            }
        }
    }

    private @Nullable ImageState state(String nodeId) {
        NodeView view = planning.observed().node(nodeId);
        return view == null ? null : view.images().get(image.pinned());
    }

    boolean done(Slot slot) {
        return nodes(slot).stream().allMatch(id -> planning.observed().fetched(id, image.pinned()));
    }

    /// Why it could not be fetched for the slot; null: it could, or that isn't known yet.
    @Nullable String error(Slot slot) {
        for (String id : nodes(slot)) {
            ImageState state = state(id);
            if (state != null && state.kind() == ImageState.Kind.FAILED && state.at() > since) {
                return "image " + image.pinned() + " not being there on node " + id + ": " + state.error();
            }
        }
        return null;
    }

    String late(Slot slot) {
        return "image " + image.pinned() + " not being there on nodes " + nodes(slot) + " in time";
    }
}
