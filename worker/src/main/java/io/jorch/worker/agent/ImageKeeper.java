package io.jorch.worker.agent;

import io.jorch.api.error.JorchException;
import io.jorch.api.object.ImagePin;
import io.jorch.worker.task.TaskImages;
import io.jorch.worker.time.Alarms;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Now and then has images removed that no task needs and no manager asked for. Owned by the agent's thread.
final class ImageKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(ImageKeeper.class);
    /// A rollback soon after a rollout should find its image still there.
    static final long EVERY = 3_600_000_000_000L;

    private final TaskImages images;
    private final Executor blocking;
    private final Alarms alarms;
    private final Mailbox mailbox;
    private final Supplier<Set<ImagePin>> needed;
    private Alarms.@Nullable Alarm next;

    /// @param needed what is to be kept, asked for on the agent's thread
    ImageKeeper(TaskImages images, Executor blocking, Alarms alarms, Mailbox mailbox, Supplier<Set<ImagePin>> needed) {
        this.images = images;
        this.blocking = blocking;
        this.alarms = alarms;
        this.mailbox = mailbox;
        this.needed = needed;
    }

    void start() {
        next = alarms.after(EVERY, () -> mailbox.post(this::collect));
    }

    void stop() {
        if (next != null) {
            next.cancel();
        }
    }

    private void collect() {
        Set<ImagePin> keep = needed.get();
        blocking.execute(() -> {
            try {
                images.collect(keep);
            } catch (RuntimeException failure) {
                LOG.warn("event=image-collection-failed error=\"{}\"", JorchException.describe(failure));
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        });
        start();
    }
}
