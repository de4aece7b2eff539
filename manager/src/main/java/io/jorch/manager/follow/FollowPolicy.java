package io.jorch.manager.follow;

import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Revision;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.raft.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which tags are followed and when a digest is worth a rollout: pure.
final class FollowPolicy {
    private FollowPolicy() {
    }

    /// The services whose tag is to be asked for now, in the order of their ids.
    static List<Service> followed(ClusterState state) {
        List<Service> followed = new ArrayList<>();
        for (Service service : state.services().all()) {
            if (service.removing() || service.spec().jorch() == null || !service.spec().jorch().followsDigest()) {
                continue;
            }
            @Nullable Rollout rollout = state.rollouts().get(service.id());
            if (rollout == null || !rollout.state().active()) {
                followed.add(service);
            }
        }
        return followed;
    }

    /// The name and tag to ask the registry for: the user's reference without a digest.
    static String tagOf(Service service) {
        String image = service.spec().taskTemplate().containerSpec().image();
        int digest = image.indexOf('@');
        return digest < 0 ? image : image.substring(0, digest);
    }

    /// A digest that runs already, or whose rollout failed once, is not tried.
    static boolean worthRolling(Service service, ImagePin found) {
        if (found.digest().isEmpty() || found.digest().equals(service.targetRevision().image().digest())) {
            return false;
        }
        for (Revision revision : service.revisions()) {
            if (revision.badDigest() && revision.image().digest().equals(found.digest())) {
                return false;
            }
        }
        return true;
    }

    /// How long to wait before a tag is asked for again, nanoseconds.
    ///
    /// @param failures in a row
    static long pause(long interval, int failures) {
        long longest = Math.max(interval, 15L * 60 * 1_000_000_000);
        return Math.min(longest, interval << Math.min(failures, 10));
    }
}
