/// The endpoints, one class for each group of them, each with its lines of the table of routes. Handlers keep no state.
/// Start at [EndpointGroup].
@org.jspecify.annotations.NullMarked
package io.jorch.manager.control.endpoint;
