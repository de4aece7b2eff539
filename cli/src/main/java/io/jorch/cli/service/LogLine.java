package io.jorch.cli.service;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A line as the daemon sends it with `details=true`: `[TIME ]key=value,… text` (moby, `daemon/logger/copier`).
///
/// @param time RFC 3339, empty unless timestamps were asked for
/// @param details what the line's origin is, `com.docker.swarm.task.id` among them
record LogLine(String time, Map<String, String> details, String text) {
    static final String TASK = "com.docker.swarm.task.id";
    static final String NODE = "com.docker.swarm.node.id";
    private static final String OWN = "com.docker.swarm.";

    static LogLine parse(String line, boolean timestamps) {
        String rest = line;
        String time = "";
        if (timestamps) {
            int space = rest.indexOf(' ');
            time = space < 0 ? rest : rest.substring(0, space);
            rest = space < 0 ? "" : rest.substring(space + 1);
        }
        int space = rest.indexOf(' ');
        Map<String, String> details = new LinkedHashMap<>();
        for (String pair : (space < 0 ? rest : rest.substring(0, space)).split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                details.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new LogLine(time, details, space < 0 ? "" : rest.substring(space + 1));
    }

    private static String decode(String text) {
        return text.indexOf('%') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// The details that the user's log options added.
    String userDetails() {
        StringBuilder text = new StringBuilder();
        details.forEach((key, value) -> {
            if (!key.startsWith(OWN)) {
                text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value);
            }
        });
        return text.toString();
    }
}
