package io.jorch.api.docker;

import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Docker's `Service.UpdateStatus`.
///
/// @param state `updating`, `paused`, `completed`, `rollback_started`, `rollback_paused`, `rollback_completed`
public record UpdateStatusView(String state, @Nullable Instant startedAt, @Nullable Instant completedAt,
        String message) {

    /// Clients wait for a service by this field, so one that belongs to an older wish must not be shown: Docker clears
    /// it with each update (moby, `daemon/cluster/services.go`; docker/cli, `service/progress`). A rollout is of the
    /// newest wish when it goes to the target and didn't end before that was wished.
    public static @Nullable UpdateStatusView of(Service service, @Nullable Rollout rollout) {
        if (rollout == null || rollout.to() != service.target()) {
            return null;
        }
        Instant ended = rollout.completedAt();
        if (ended != null && ended.isBefore(service.targetRevision().createdAt())) {
            return null;
        }
        return new UpdateStatusView(name(rollout.state()), rollout.startedAt(), rollout.completedAt(),
                rollout.message().isEmpty() ? defaultMessage(rollout.state()) : rollout.message());
    }

    /// Docker's spelling, e.g. `rollback_started`.
    public static String name(Rollout.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String defaultMessage(Rollout.State state) {
        return switch (state) {
            case UPDATING -> "update in progress";
            case PAUSED -> "update paused";
            case COMPLETED -> "update completed";
            case ROLLBACK_STARTED -> "rollback in progress";
            case ROLLBACK_PAUSED -> "rollback paused";
            case ROLLBACK_COMPLETED -> "rollback completed";
        };
    }
}
