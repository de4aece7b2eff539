package io.jorch.manager.control.http;

import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an endpoint sees of a request.
///
/// @param path the values of the route's gaps, decoded
/// @param headers a header's value by its name in any case; null when absent
/// @param body what was read of it before the endpoint was called
/// @param stream the body as it comes, for a route that streams it; else `body` again
public record Request(ApiVersion version, Map<String, String> path, Query query, Function<String, @Nullable String> headers,
        byte[] body, InputStream stream) {

    public static Request of(ApiVersion version, Map<String, String> path, Query query,
            Function<String, @Nullable String> headers, byte[] body) {
        return new Request(version, path, query, headers, body, new ByteArrayInputStream(body));
    }

    /// The value of a gap of the route's path.
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + name + "}");
        }
        return value;
    }

    /// A header's value, or empty.
    public String header(String name) {
        String value = headers.apply(name);
        return value == null ? "" : value;
    }

    /// The body as a document; an unknown field is refused by its name.
    ///
    /// @throws JorchException INVALID also when there is no body
    public <T> T json(Class<T> type) {
        if (body.length == 0) {
            throw JorchException.invalid("body", "is missing: send a JSON document");
        }
        return Json.read(body, type);
    }
}
