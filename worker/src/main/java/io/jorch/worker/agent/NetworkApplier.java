package io.jorch.worker.agent;

import io.jorch.api.error.JorchException;
import io.jorch.api.message.NetworkMap;
import io.jorch.worker.journal.LastNetworks;
import io.jorch.worker.task.TaskNetworks;
import io.jorch.worker.time.Alarms;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes network maps true, one at a time, off the agent's thread. Of those that wait only the newest is applied: each
/// is whole. What fails is tried again. Owned by the agent's thread.
final class NetworkApplier {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkApplier.class);
    private static final long RETRY = 1_000_000_000L;

    private final TaskNetworks networks;
    private final LastNetworks last;
    private final Mailbox mailbox;
    private final Executor blocking;
    private final Alarms alarms;
    private final LongConsumer inForce;
    private @Nullable NetworkMap waiting;
    private boolean busy;

    /// @param blocking runs what may block
    /// @param inForce is told epochs, on the agent's thread
    NetworkApplier(TaskNetworks networks, LastNetworks last, Mailbox mailbox, Executor blocking, Alarms alarms,
            LongConsumer inForce) {
        this.networks = networks;
        this.last = last;
        this.mailbox = mailbox;
        this.blocking = blocking;
        this.alarms = alarms;
        this.inForce = inForce;
    }

    void apply(NetworkMap map) {
        waiting = map;
        next();
    }

    private void next() {
        NetworkMap map = waiting;
        if (busy || map == null) {
            return;
        }
        busy = true;
        waiting = null;
        blocking.execute(() -> {
            try {
                networks.apply(map);
                last.save(map);
                mailbox.post(() -> {
                    busy = false;
                    inForce.accept(map.epoch());
                    next();
                });
            } catch (RuntimeException failure) {
                LOG.error("event=networks-failed epoch={} error=\"{}\"", map.epoch(), JorchException.describe(failure));
                alarms.after(RETRY, () -> mailbox.post(() -> {
                    busy = false;
                    waiting = waiting == null ? map : waiting;
                    next();
                }));
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
