package io.jorch.manager.follow;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageService;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Service;
import io.jorch.manager.command.Command;
import io.jorch.manager.command.CommandPort;
import io.jorch.raft.state.ClusterState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks registries for the digests of followed tags while this manager leads. One virtual thread owns its state: per
/// service when to ask next. An ask is a conditional request of a few hundred bytes.
public final class DigestWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DigestWatch.class);

    private final Supplier<ClusterState> state;
    private final ImageService images;
    private final Function<Service, RegistryCredential> credentials;
    private final CommandPort commands;
    private final long interval;
    private final LongSupplier monotonic;
    private final Map<String, Due> due = new HashMap<>();
    private final Semaphore stop = new Semaphore(0);
    private final Thread thread;

    private record Due(long at, int failures) {
    }

    /// @param interval nanoseconds between two asks for a tag
    /// @param monotonic a clock that only grows, nanoseconds
    public DigestWatch(Supplier<ClusterState> state, ImageService images,
            Function<Service, RegistryCredential> credentials, CommandPort commands, long interval,
            LongSupplier monotonic) {
        this.state = state;
        this.images = images;
        this.credentials = credentials;
        this.commands = commands;
        this.interval = interval;
        this.monotonic = monotonic;
        this.thread = Thread.ofVirtual().name("jorch-digest-watch").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stop.release();
        thread.interrupt();
    }

    private void run() {
        try {
            while (!stop.tryAcquire(pass(), TimeUnit.NANOSECONDS)) {
                continue;
            }
        } catch (InterruptedException stopped) {
            LOG.debug("event=digest-watch-stopped");
        }
    }

    /// Asks for every tag that is due.
    ///
    /// @return nanoseconds until the next one is
    long pass() {
        List<Service> followed = FollowPolicy.followed(state.get());
        due.keySet().retainAll(followed.stream().map(Service::id).toList());
        long now = monotonic.getAsLong();
        long next = now + interval;
        for (Service service : followed) {
            Due when = due.getOrDefault(service.id(), new Due(now, 0));
            if (when.at() - now <= 0) {
                int failures = ask(service) ? 0 : when.failures() + 1;
                when = new Due(now + FollowPolicy.pause(interval, failures), failures);
                due.put(service.id(), when);
            }
            next = Math.min(next, when.at());
        }
        return Math.max(0, next - monotonic.getAsLong());
    }

    private boolean ask(Service service) {
        String tag = FollowPolicy.tagOf(service);
        try {
            ImagePin found = images.resolve(tag, credentials.apply(service));
            if (FollowPolicy.worthRolling(service, found)) {
                LOG.info("event=new-digest service={} image={} digest={}", service.name(), tag, found.digest());
                commands.submit(new Command.FollowDigest(service.id(), found), "").get();
            }
            return true;
        } catch (JorchException failure) {
            LOG.warn("event=digest-ask-failed service={} image={} error=\"{}\"", service.name(), tag,
                    failure.getMessage());
            return false;
        } catch (ExecutionException refused) {
            LOG.warn("event=digest-rollout-refused service={} image={} error=\"{}\"", service.name(), tag,
                    JorchException.describe(refused.getCause()));
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
