package io.jorch.manager.command;

import io.jorch.api.object.ImagePin;
import io.jorch.api.spec.NetworkSpec;
import io.jorch.api.spec.NodeSpec;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.api.spec.SwarmSpec;
import org.jspecify.annotations.Nullable;

/// A user's wish, validated in shape but not yet against the state. Versions are those the user saw: a wish over an
/// older one is refused as "update out of sequence".
public sealed interface Command {
    /// @param image what the spec's image resolved to just now
    record CreateService(ServiceSpec spec, ImagePin image) implements Command {
    }

    /// @param image null: the image's name didn't change, so the running digest stays
    record UpdateService(String id, long version, ServiceSpec spec, @Nullable ImagePin image) implements Command {
    }

    /// Back to an older revision; null: to the one before.
    record RollbackService(String id, long version, @Nullable Long revision) implements Command {
    }

    record RemoveService(String id) implements Command {
    }

    /// A new digest of the tracked tag was seen: the same spec, other bytes.
    record FollowDigest(String serviceId, ImagePin image) implements Command {
    }

    /// Stops a rollout by hand, or lets it go on.
    record PauseRollout(String serviceId, boolean paused) implements Command {
    }

    record UpdateNode(String id, long version, NodeSpec spec) implements Command {
    }

    record RemoveNode(String id, boolean force) implements Command {
    }

    record CreateNetwork(NetworkSpec spec) implements Command {
    }

    record RemoveNetwork(String id) implements Command {
    }

    record UpdateSwarm(long version, SwarmSpec spec, boolean rotateWorkerToken, boolean rotateManagerToken)
            implements
                Command {
    }
}
