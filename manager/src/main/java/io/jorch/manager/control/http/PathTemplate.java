package io.jorch.manager.control.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A path with named gaps: `/nodes/{id}/update`. A gap written `{name...}` takes one or more segments, because names of
/// images hold slashes; a template has at most one of those.
final class PathTemplate {
    private final String text;
    private final List<String> segments;
    private final int greedyAt;

    PathTemplate(String text) {
        this.text = text;
        this.segments = split(text);
        int at = -1;
        for (int index = 0; index < segments.size(); index++) {
            if (segments.get(index).endsWith("...}")) {
                at = index;
            }
        }
        this.greedyAt = at;
    }

    static List<String> split(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return List.copyOf(parts);
    }

    /// @param path decoded segments
    /// @return the gaps' values, or null when the path is another
    @Nullable Map<String, String> match(List<String> path) {
        if (greedyAt < 0 ? path.size() != segments.size() : path.size() < segments.size()) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        int taken = 1 + path.size() - segments.size();
        int from = 0;
        for (int index = 0; index < segments.size(); index++) {
            int to = from + (index == greedyAt ? taken : 1);
            String value = String.join("/", path.subList(from, to));
            String segment = segments.get(index);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - (index == greedyAt ? 4 : 1)), value);
            } else if (!segment.equals(value)) {
                return null;
            }
            from = to;
        }
        return values;
    }

    @Override
    public String toString() {
        return text;
    }
}
