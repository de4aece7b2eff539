package io.jorch.worker.agent;

import io.jorch.api.error.JorchException;
import io.jorch.api.message.AgentMessage;
import io.jorch.api.object.ImagePin;
import io.jorch.worker.task.TaskImages;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Fetches images that managers want on the node before a rollout, a few at a time, and knows which they were: they
/// are kept until the next rollout's. Owned by the agent's thread.
final class ImageFetcher {
    /// So that a prefetch leaves room for tasks' own fetches.
    private static final int MOST_AT_ONCE = 2;

    private final TaskImages images;
    private final Mailbox mailbox;
    private final Executor blocking;
    private final Consumer<AgentMessage> answers;
    private final Deque<ImagePin> waiting = new ArrayDeque<>();
    private final Set<ImagePin> running = new HashSet<>();
    private final Set<ImagePin> pinned = new LinkedHashSet<>();

    ImageFetcher(TaskImages images, Mailbox mailbox, Executor blocking, Consumer<AgentMessage> answers) {
        this.images = images;
        this.mailbox = mailbox;
        this.blocking = blocking;
        this.answers = answers;
    }

    void fetch(List<ImagePin> pins) {
        for (ImagePin pin : pins) {
            pinned.remove(pin);
            pinned.add(pin);
            if (!running.contains(pin) && !waiting.contains(pin)) {
                waiting.add(pin);
            }
        }
        next();
    }

    /// What managers asked for and have not used yet, newest last.
    Set<ImagePin> pinned() {
        return Set.copyOf(pinned);
    }

    /// A task uses it now, so it is kept for the task's sake.
    void used(ImagePin pin) {
        pinned.remove(pin);
    }

    private void next() {
        while (running.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
            ImagePin pin = waiting.remove();
            running.add(pin);
            blocking.execute(() -> {
                try {
                    images.require(pin);
                    done(pin, "");
                } catch (RuntimeException failure) {
                    done(pin, JorchException.describe(failure));
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private void done(ImagePin pin, String error) {
        mailbox.post(() -> {
            running.remove(pin);
            answers.accept(new AgentMessage.ImageFetched(pin.pinned(), error));
            next();
        });
    }
}
