package io.jorch.manager.control.endpoint;

import io.jorch.manager.control.event.EventFilter;
import io.jorch.manager.control.event.EventStream;
import io.jorch.manager.control.event.LocalEvents;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Query;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.http.Times;
import io.jorch.manager.control.seam.Parts;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// `/events`. jorch's own: each event of the cluster carries its Raft index, and `sinceIndex` goes on after one.
public final class EventEndpoints implements EndpointGroup {
    private final Parts parts;
    private final LocalEvents local;
    private final AtomicInteger listeners = new AtomicInteger();

    public EventEndpoints(Parts parts, LocalEvents local) {
        this.parts = parts;
        this.local = local;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/events", this::events).query("since", "until", "filters", "sinceIndex");
    }

    /// How many clients listen now.
    public int listeners() {
        return listeners.get();
    }

    private Answer events(Request request) {
        Query query = request.query();
        EventFilter filter = new EventFilter(query.filters(EventFilter.NAMES).oneOf("scope", "local", "swarm"));
        @Nullable Instant since = time(query, "since");
        @Nullable Instant until = time(query, "until");
        return Answer.stream("application/json", new EventStream(parts, local, filter, since, until,
                query.numberOrNull("sinceIndex"), listeners));
    }

    private @Nullable Instant time(Query query, String name) {
        String text = query.text(name);
        return text.isEmpty() || text.equals("0") ? null : Times.parse(name, text, parts.clock().instant());
    }
}
