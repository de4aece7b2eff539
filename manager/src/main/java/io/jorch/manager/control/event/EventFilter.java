package io.jorch.manager.control.event;

import io.jorch.api.docker.EventMessage;
import io.jorch.manager.control.http.Filters;
import java.util.Map;

/// Docker's filters of events (moby, `daemon/events/filter.go`).
public record EventFilter(Filters filters) {
    /// All that `/events` knows.
    public static final String[] NAMES = {"config", "container", "daemon", "event", "image", "label", "network", "node",
            "plugin", "scope", "secret", "service", "type", "volume"};
    private static final String[] OBJECTS = {"config", "container", "daemon", "network", "node", "plugin", "secret",
            "service", "volume"};

    boolean passes(EventMessage message) {
        Map<String, String> attributes = message.actor().attributes();
        if (!filters.any("type", message.type()::equals) || !filters.any("scope", message.scope()::equals)
                || !filters.any("event", wanted -> message.action().equals(wanted)
                        || message.action().startsWith(wanted + ":"))
                || !filters.labels("label", attributes)) {
            return false;
        }
        for (String object : OBJECTS) {
            if (filters.has(object) && !(message.type().equals(object) && filters.any(object,
                    wanted -> wanted.equals(attributes.get("name")) || message.actor().id().startsWith(wanted)))) {
                return false;
            }
        }
        return filters.any("image", wanted -> image(message, wanted));
    }

    /// An image's own events, and those of containers that run it; with or without its tag.
    private static boolean image(EventMessage message, String wanted) {
        Map<String, String> attributes = message.actor().attributes();
        String named = attributes.getOrDefault(message.type().equals("image") ? "name" : "image", "");
        return message.type().equals("image") && message.actor().id().startsWith(wanted)
                || !named.isEmpty() && (named.equals(wanted) || named.startsWith(wanted + ":")
                        || named.startsWith(wanted + "@"));
    }
}
