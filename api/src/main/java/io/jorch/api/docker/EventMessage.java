package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Docker's `EventMessage`: one line of `GET /events`.
///
/// @param type `service`, `node`, `network`, `image`, `container`, `daemon`
/// @param scope `swarm` for what the cluster agrees on, `local` for what concerns this node only
/// @param time seconds since 1970
/// @param timeNano nanoseconds since 1970
/// @param jorchIndex jorch's own: the Raft index of a cluster's event, from which a client can go on; null: of this node
public record EventMessage(String type, String action, Actor actor, @JsonProperty("scope") String scope,
        @JsonProperty("time") long time, @JsonProperty("timeNano") long timeNano,
        @JsonProperty("jorchIndex") @Nullable Long jorchIndex) {

    public record Actor(@JsonProperty("ID") String id, Map<String, String> attributes) {
        public Actor {
            id = Absent.text(id);
            attributes = Absent.map(attributes);
        }
    }

    public static EventMessage of(String type, String action, Actor actor, String scope, java.time.Instant at) {
        return new EventMessage(type, action, actor, scope, at.getEpochSecond(),
                at.getEpochSecond() * 1_000_000_000L + at.getNano(), null);
    }

    public EventMessage at(long index) {
        return new EventMessage(type, action, actor, scope, time, timeNano, index);
    }
}
