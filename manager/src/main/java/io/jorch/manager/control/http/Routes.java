package io.jorch.manager.control.http;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The table of routes, searched from its first line to its last. Filled while the server is composed, then only read.
public final class Routes {
    private static final Pattern VERSIONED = Pattern.compile("/v(\\d{1,4}\\.\\d{1,4})(/.*)");

    private final List<Route> table = new ArrayList<>();

    /// A request's line of the table, with the values of its path's gaps.
    record Match(Route route, Map<String, String> path, ApiVersion version) {
    }

    public Route get(String path, Endpoint endpoint) {
        return add("GET", path, endpoint);
    }

    public Route head(String path, Endpoint endpoint) {
        return add("HEAD", path, endpoint);
    }

    public Route post(String path, Endpoint endpoint) {
        return add("POST", path, endpoint);
    }

    public Route delete(String path, Endpoint endpoint) {
        return add("DELETE", path, endpoint);
    }

    public Route add(String method, String path, Endpoint endpoint) {
        Route route = new Route(method, path, endpoint);
        table.add(route);
        return route;
    }

    public List<Route> all() {
        return Collections.unmodifiableList(table);
    }

    /// @param path undecoded, as in the request's first line, without the query
    /// @throws JorchException NOT_FOUND with Docker's `page not found`; INVALID for a version that isn't served
    Match match(String method, String path) {
        ApiVersion version = ApiVersion.NEWEST;
        String rest = path;
        Matcher versioned = VERSIONED.matcher(path);
        if (versioned.matches()) {
            version = ApiVersion.parse(versioned.group(1));
            rest = versioned.group(2);
        }
        List<String> segments = decode(rest);
        for (Route route : table) {
            @Nullable Map<String, String> values = route.method().equals(method)
                    ? route.template().match(segments)
                    : null;
            if (values != null) {
                return new Match(route, values, version);
            }
        }
        throw new JorchException(ErrorCode.NOT_FOUND, "page not found");
    }

    private static List<String> decode(String path) {
        List<String> decoded = new ArrayList<>();
        for (String segment : PathTemplate.split(path)) {
            try {
                // In a path a plus sign stands for itself.
                decoded.addAll(PathTemplate
                        .split(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException malformed) {
                throw JorchException.invalid("path", "has a malformed % escape");
            }
        }
        return decoded;
    }
}
