package io.jorch.manager.control.http;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One line of the table: which requests an endpoint answers, and what they may carry.
public final class Route {
    /// What becomes of the request's body.
    public enum Body {
        /// Read whole, up to [ControlServer#BODY_LIMIT] bytes, before the endpoint is called.
        WHOLE,
        /// Read by the endpoint as it comes, of any length.
        STREAMED
    }

    private final String method;
    private final PathTemplate template;
    private final Endpoint endpoint;
    private final Set<String> queries = new LinkedHashSet<>();
    private Body body = Body.WHOLE;
    private boolean anyQuery;

    Route(String method, String path, Endpoint endpoint) {
        this.method = method;
        this.template = new PathTemplate(path);
        this.endpoint = endpoint;
    }

    /// Names the query parameters that the endpoint knows: any other is refused.
    public Route query(String... names) {
        queries.addAll(Arrays.asList(names));
        return this;
    }

    /// Lets any query parameter pass.
    public Route anyQuery() {
        anyQuery = true;
        return this;
    }

    public Route streamed() {
        body = Body.STREAMED;
        return this;
    }

    public String method() {
        return method;
    }

    /// As written, e.g. `/nodes/{id}`.
    public String path() {
        return template.toString();
    }

    PathTemplate template() {
        return template;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /// The names that are known; null: any.
    @Nullable Set<String> queries() {
        return anyQuery ? null : queries;
    }

    Body body() {
        return body;
    }
}
