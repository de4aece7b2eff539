package io.jorch.manager.control.endpoint;

import io.jorch.manager.control.http.Routes;

/// Some endpoints that belong together.
@FunctionalInterface
public interface EndpointGroup {
    /// Adds the group's lines to the table.
    void register(Routes routes);
}
