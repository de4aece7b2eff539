package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Waits until a service is what was wished, and fails with the reason when it won't be. Ends well only when the wished
/// version runs: a service that was rolled back is a failure. Asks five times a second; used by one thread.
public final class Convergence {
    private static final Duration PERIOD = Duration.ofMillis(200);
    /// How long tasks must stay up that no rollout watched over.
    private static final Duration STABLE = Duration.ofSeconds(1);
    private static final Duration SAY_PENDING = Duration.ofSeconds(5);
    private static final Duration GIVE_UP_PENDING = Duration.ofSeconds(30);
    private static final Duration DEAD = Duration.ofSeconds(2);
    /// Without a rollout nobody else judges: so often may one slot fail.
    private static final int MOST_FAILURES = 3;

    private final EngineClient client;
    private final ProgressView view;
    private final String name;
    private final boolean rollbackWished;
    private long reachedAt = -1;
    private long pendingSince = -1;
    private long deadSince = -1;
    private long started = -1;

    private Convergence(EngineClient client, ProgressView view, String name, boolean rollbackWished) {
        this.client = client;
        this.view = view;
        this.name = name;
        this.rollbackWished = rollbackWished;
    }

    /// @param id of the service
    /// @param name for messages
    /// @throws JorchException saying why the service isn't what was wished
    public static void await(Connection connection, String id, String name, boolean quiet, boolean rollbackWished) {
        ProgressView view = new ProgressView(connection.out(), connection.terminal(), quiet);
        Convergence convergence = new Convergence(connection.client(), view, name, rollbackWished);
        while (!convergence.look(id, System.nanoTime())) {
            try {
                TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new JorchException(ErrorCode.UNAVAILABLE, "interrupted: service " + name + " goes on", stop);
            }
        }
        view.note("verify: service " + name + " converged");
    }

    private boolean look(String id, long now) {
        JsonNode service = client.get(EngineClient.call("/services").with("status", "true").with("filters",
                Filters.encode(List.of(), "id", id))).path(0);
        if (service.isMissingNode()) {
            throw new JorchException(ErrorCode.NOT_FOUND, "service " + name + " was removed meanwhile");
        }
        Progress progress = Progress.of(service, Connection.elements(client.get(EngineClient.call("/tasks")
                .with("filters", Filters.encode(List.of(), "service", id, "_up-to-date", "true")))));
        view.show(progress);
        if (started < 0) {
            started = now;
        }
        @Nullable String failure = failure(progress, now);
        if (failure != null) {
            throw new JorchException(ErrorCode.CONFLICT, failure);
        }
        return converged(progress, now);
    }

    /// @return whether nothing is left to wait for
    boolean converged(Progress progress, long now) {
        boolean nothingToRun = progress.wanted() < 0 && passed(started, now, DEAD);
        if (!progress.reached() && !nothingToRun) {
            reachedAt = -1;
            return false;
        }
        if (reachedAt < 0) {
            reachedAt = now;
        }
        return progress.rollout().equals("completed") || progress.rollout().equals("rollback_completed")
                || progress.wanted() == 0 || passed(reachedAt, now, STABLE);
    }

    /// @return why the wish won't come true, or null
    @Nullable String failure(Progress progress, long now) {
        String because = progress.error().isEmpty() ? "" : "; task " + progress.error();
        switch (progress.rollout()) {
            case "paused" -> {
                return "service " + name + ": update paused: " + progress.message() + because;
            }
            case "rollback_paused" -> {
                return "service " + name + ": rollback paused: " + progress.message() + because;
            }
            case "rollback_started" -> {
                if (!rollbackWished) {
                    view.note("rolling back: " + progress.message() + because);
                }
            }
            case "rollback_completed" -> {
                if (!rollbackWished) {
                    return "service " + name + " was rolled back: " + progress.message() + because;
                }
            }
            default -> {
                if (progress.rollout().isEmpty() && progress.mostFailures() >= MOST_FAILURES) {
                    return "service " + name + " doesn't get stable, a task failed " + progress.mostFailures()
                            + " times" + because + ". It goes on trying: see jorch service logs " + name;
                }
            }
        }
        return stuck(progress, now, because);
    }

    private @Nullable String stuck(Progress progress, long now, String because) {
        deadSince = progress.deadSlots() == 0 || progress.rollingOn() ? -1 : deadSince < 0 ? now : deadSince;
        if (deadSince >= 0 && passed(deadSince, now, DEAD)) {
            return "service " + name + ": " + progress.deadSlots() + " of its tasks failed and won't be restarted"
                    + because;
        }
        pendingSince = progress.pending().isEmpty() ? -1 : pendingSince < 0 ? now : pendingSince;
        if (pendingSince >= 0 && passed(pendingSince, now, SAY_PENDING)) {
            view.note("pending: " + progress.pending());
        }
        return pendingSince >= 0 && passed(pendingSince, now, GIVE_UP_PENDING)
                ? "service " + name + " can't be placed: " + progress.pending()
                        + ". It starts when a node fits: see jorch service ps " + name
                : null;
    }

    private static boolean passed(long since, long now, Duration time) {
        return since >= 0 && now - since >= time.toNanos();
    }

    /// For tests: without a daemon.
    static Convergence unconnected(ProgressView view, String name, boolean rollbackWished, long started) {
        Convergence convergence = new Convergence(new EngineClient(java.nio.file.Path.of("/nonexistent")), view, name,
                rollbackWished);
        convergence.started = started;
        return convergence;
    }
}
